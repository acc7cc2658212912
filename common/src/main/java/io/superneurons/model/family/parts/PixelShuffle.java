package io.superneurons.model.family.parts;

import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.weights.Blocks;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Weights;

/**
 * The connector of Idefics3 and SmolVLM, InternVL's and Gemma 3's: squares of neighbouring patches
 * become one token each (transformers' Idefics3Connector, InternVLMultiModalProjector and
 * Gemma3MultiModalProjector).
 */
public final class PixelShuffle {
  private static final Script SCRIPT = Blocks.compile(PixelShuffle.class, "connector.py");

  private final int scale;
  private final String activation;
  private final Weights weights;

  private PixelShuffle(int scale, String activation, Weights weights) {
    this.scale = scale;
    this.activation = activation;
    this.weights = weights;
  }

  /**
   * Checks and opens it.
   *
   * @param scale patches along each side of a square
   * @param width of the tower
   * @param hidden width of the decoder
   */
  public static PixelShuffle open(ModelWeights connector, int scale, int width, int hidden) {
    int squares = width * scale * scale;
    return new PixelShuffle(
        scale, "", connector.request().linear("modality_projection.proj", squares, hidden).open());
  }

  /**
   * Opens one with a norm and two layers: {@code layer_norm}, {@code linear_1}, {@code linear_2}.
   *
   * @param connector its weights, checked
   * @param scale patches along each side of a square
   */
  public static PixelShuffle openMlp(ModelWeights.Request connector, int scale, String activation) {
    DecoderShape.requireActivation("projector_hidden_act", activation);
    return new PixelShuffle(scale, activation, connector.open());
  }

  /**
   * Opens one that averages the patches of a square: {@code mm_soft_emb_norm} and {@code
   * mm_input_projection_weight}.
   *
   * @param connector its weights, checked
   * @param scale patches along each side of a square
   */
  public static PixelShuffle openAverage(ModelWeights.Request connector, int scale) {
    return new PixelShuffle(scale, "", connector.open());
  }

  /**
   * Makes tokens of averages of patches.
   *
   * @param patches [tiles, side * side, width]; what is left of a side after whole squares is not
   *     looked at
   * @param eps of the norm
   * @return [tiles * (side / scale)^2, hidden]
   */
  public Tensor average(TensorScope scope, Tensor patches, double eps) {
    return SCRIPT.tensor(scope, "average", patches, weights, scale, eps);
  }

  /**
   * Makes tokens of patches.
   *
   * @param patches [tiles, side * side, width], where side is a multiple of the scale
   * @return [tiles * (side / scale)^2, hidden]
   */
  public Tensor connect(TensorScope scope, Tensor patches) {
    return SCRIPT.tensor(scope, "connect", patches, weights, scale, activation);
  }
}
