package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;
import java.util.List;

/**
 * {@link Contexts} on the model's device, as scripts take them.
 *
 * @param tensors tokens, query bounds and token bounds; anything where {@code most} is empty
 * @param most the most queries and the most tokens of a sequence; empty where attention goes
 *     segment by segment
 */
public record Seen(List<Tensor> tensors, int[] most) {}
