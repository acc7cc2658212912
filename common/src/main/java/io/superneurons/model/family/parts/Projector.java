package io.superneurons.model.family.parts;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.weights.Blocks;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Weights;

/** LLaVA's two-layer projector from the tower's features to the decoder's width. */
public final class Projector {
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
   * @param config {@code projector_hidden_act} and {@code multimodal_projector_bias}
   */
  static Projector open(ModelWeights projector, int in, int out, Config config) {
    String activation = config.string("projector_hidden_act", "gelu");
    DecoderShape.requireActivation("projector_hidden_act", activation);
    ModelWeights.Request request =
        projector
            .request()
            .matrixAs("linear_1.weight", "linear_1.weight", out, in)
            .matrixAs("linear_2.weight", "linear_2.weight", out, out);
    if (config.booleanValue("multimodal_projector_bias", true)) {
      request.need("linear_1.bias", out).need("linear_2.bias", out);
    }
    return new Projector(activation, request.open());
  }

  /** [images, tokens, in] to [images * tokens, out]. */
  public Tensor project(TensorScope scope, Tensor features) {
    return SCRIPT.tensor(scope, "project_features", features, weights, activation);
  }
}
