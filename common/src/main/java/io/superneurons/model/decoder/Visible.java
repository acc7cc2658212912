package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;
import java.util.List;

/**
 * Which tokens a batch's queries see: {@link Contexts} on the model's device, as scripts take them.
 *
 * @param tensors tokens, query bounds and token bounds; anything where {@code longest} is empty
 * @param longest the most queries and the most tokens of a sequence; empty where attention goes
 *     segment by segment, which needs the batch's segments alone
 */
record Visible(List<Tensor> tensors, int[] longest) {}
