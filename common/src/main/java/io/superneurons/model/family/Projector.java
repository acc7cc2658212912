package io.superneurons.model.family;

import io.superneurons.model.decoder.DecoderShape;
import io.superneurons.model.weights.Blocks;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Weights;

/** LLaVA's two-layer projector from the tower's features to the decoder's width. */
final class Projector {
  private static final Script SCRIPT = Blocks.compile(Projector.class, "projector.py");

  private final String activation;
  private final Weights weights;

  private Projector(String activation, Weights weights) {
    this.activation = activation;
    this.weights = weights;
  }

  /**
   * Checks and opens it.
   *
   * @param in width of the features
   * @param out width of the decoder
   */
  static Projector open(ModelWeights projector, int in, int out, String activation) {
    DecoderShape.requireActivation("projector_hidden_act", activation);
    return new Projector(
        activation,
        projector.request().linear("linear_1", in, out).linear("linear_2", out, out).open());
  }

  /** [images, tokens, in] to [images * tokens, out]. */
  Tensor project(TensorScope scope, Tensor features) {
    return SCRIPT.tensor(scope, "project_features", features, weights, activation);
  }
}
