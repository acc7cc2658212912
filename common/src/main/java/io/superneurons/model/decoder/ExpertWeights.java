package io.superneurons.model.decoder;

import io.superneurons.model.decoder.shape.Experts;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelWeights;
import java.util.Arrays;
import java.util.Locale;

/**
 * Which tensors of a layer make its mixture of experts. Published checkpoints keep all experts of a
 * layer in two stacks of matrices, [experts, out, in] or, in Qwen3-VL's, [experts, in, out];
 * quantised ones and those that transformers 5 writes keep each matrix by itself.
 */
final class ExpertWeights {
  private static final String GATE_UP = "mlp.experts.gate_up_proj";
  private static final String DOWN = "mlp.experts.down_proj";

  private ExpertWeights() {}

  /**
   * Adds them to what a layer needs, the shared expert by the names of a plain MLP.
   *
   * @param weights of the layer
   * @param hidden width of the residual stream
   */
  static void need(
      ModelWeights.Request request, ModelWeights weights, Experts experts, int hidden) {
    request
        .number("experts_chosen", experts.chosen())
        .matrixAs("mlp.gate.weight", "mlp.gate.weight", experts.count(), hidden);
    if (weights.has(GATE_UP)) {
      stacks(request, weights, experts, hidden);
    } else {
      for (int expert = 0; expert < experts.count(); expert++) {
        mlp(request, "mlp.experts." + expert, "mlp.experts." + expert, hidden, experts.width());
      }
    }
    if (experts.shared() > 0) {
      mlp(request, "mlp", "mlp.shared_expert", hidden, experts.shared());
      String gate = "mlp.shared_expert_gate.weight";
      request.matrixAs(gate, gate, 1, hidden);
    }
  }

  private static void stacks(
      ModelWeights.Request request, ModelWeights weights, Experts experts, int hidden) {
    stack(request, weights, GATE_UP, experts.count(), hidden, 2L * experts.width());
    stack(request, weights, DOWN, experts.count(), experts.width(), hidden);
  }

  /** Either way round; where both have one shape it is [experts, out, in], as in transformers. */
  private static void stack(
      ModelWeights.Request request,
      ModelWeights weights,
      String name,
      long count,
      long in,
      long out) {
    long[] outFirst = {count, out, in};
    long[] inFirst = {count, in, out};
    long[] shape = weights.shape(name);
    if (Arrays.equals(shape, outFirst)) {
      request.stack(name, outFirst);
    } else if (Arrays.equals(shape, inFirst)) {
      request.mark(name + ".in_first").stack(name, inFirst);
    } else {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "Tensor %s%s must have the shape %s or %s, as config.json says; it has %s",
              weights.prefix(),
              name,
              Arrays.toString(outFirst),
              Arrays.toString(inFirst),
              Arrays.toString(shape)));
    }
  }

  private static void mlp(
      ModelWeights.Request request, String shortName, String name, long hidden, long width) {
    request
        .matrixAs(shortName + ".gate_proj.weight", name + ".gate_proj.weight", width, hidden)
        .matrixAs(shortName + ".up_proj.weight", name + ".up_proj.weight", width, hidden)
        .matrixAs(shortName + ".down_proj.weight", name + ".down_proj.weight", hidden, width);
  }
}
