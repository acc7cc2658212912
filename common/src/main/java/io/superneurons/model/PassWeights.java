package io.superneurons.model;

import io.superneurons.activation.PassCost;
import io.superneurons.checkpoint.TensorInfo;
import java.util.Collection;
import java.util.regex.Pattern;

/** Counts the weights that a pass multiplies by, and how often: its {@link PassCost}. */
final class PassWeights {
  /** Text of a prompt, in tokens. */
  private static final int TEXT = 64;

  /** Tensors of the decoder, and those that are looked up and not multiplied by. */
  private static final Pattern NOT_VISION =
      Pattern.compile(
          "(?:^|\\.)(?:lm_head|embed_tokens|image_newline)(?:\\.|$)"
              + "|(?:^|\\.)(?:position_embedding|pos_embed)(?:\\.|$)"
              + "|^(?:language_model\\.)?(?:model\\.)?(?:text_model\\.|language_model\\.)?"
              + "(?:layers\\.\\d+|norm)\\.");

  private PassWeights() {}

  /**
   * The cost of a pass.
   *
   * @param towerTokens of the image within the tower
   * @param features tokens of the image within the decoder
   */
  static PassCost of(
      DecoderShape shape, Collection<TensorInfo> tensors, long towerTokens, int features) {
    long tower =
        tensors.stream()
            .filter(tensor -> tensor.shape().length > 1)
            .filter(tensor -> !NOT_VISION.matcher(tensor.name()).find())
            .mapToLong(TensorInfo::elementCount)
            .sum();
    long hidden = shape.hidden();
    long keysValues = 2 * hidden * shape.kvHeads() * shape.headDim();
    long others = 2 * hidden * shape.heads() * shape.headDim() + 3 * hidden * shape.intermediate();
    long tokens = features + TEXT;
    return new PassCost(
        towerTokens * tower,
        tokens * (keysValues + others),
        tokens * keysValues + others,
        hidden * shape.vocabulary());
  }
}
