package io.superneurons.model.decoder;

import io.superneurons.model.decoder.shape.RotaryShape;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Weights;
import java.util.Arrays;

/**
 * What turns a batch's queries and keys.
 *
 * @param whole in layers that see all tokens
 * @param windowed in layers with a window; often the same
 */
record Rotaries(Rotary whole, Rotary windowed) {
  /**
   * In a layer.
   *
   * @param window the layer's; 0 for none
   */
  Rotary in(int window) {
    return window > 0 ? windowed : whole;
  }

  /**
   * How positions turn, whichever they are.
   *
   * @param weights {@code frequencies} in float32 and the {@code axes} that turn them [dim / 2]
   * @param magnitude what cosines and sines are multiplied by
   */
  record Turning(Weights weights, double magnitude) {
    /** On the model's device, freed with its weights. */
    static Turning of(RotaryShape shape, MappedWeights files) {
      long[] axes = Arrays.stream(shape.axes()).asLongStream().toArray();
      try (TensorScope scope = new TensorScope()) {
        Weights.Builder builder =
            Weights.builder()
                .put(
                    "frequencies",
                    Decoder.SCRIPT.tensor(
                        scope,
                        "frequencies",
                        shape.theta(),
                        shape.dim(),
                        shape.scaling().divisors(),
                        files.device()))
                .put("axes", files.longs(scope, axes, axes.length));
        return new Turning(files.own(builder.build()), shape.scaling().magnitude());
      }
    }

    /**
     * Turns tokens.
     *
     * @param positions [axes, tokens]
     */
    Rotary at(TensorScope scope, Tensor positions) {
      Tensor[] out = Decoder.SCRIPT.tensors(scope, "rotary", positions, weights, magnitude);
      return new Rotary(out[0], out[1]);
    }
  }

  /**
   * Cosines and sines by which tokens' positions turn queries and keys [tokens, head dim] each; the
   * first half of the sines is negative, as it turns the second half of a head into the first.
   */
  record Rotary(Tensor cosines, Tensor sines) {}
}
