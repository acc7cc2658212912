package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Layers whose MLP is a mixture of experts: a router chooses for each token some of many small
 * MLPs, whose outputs are added by the router's weights; beside them there may be a shared one that
 * every token goes through (transformers' modeling_qwen3_vl_moe.py, modeling_qwen3_5_moe.py).
 *
 * @param layers that have one; the others have a plain MLP
 * @param count experts of a layer
 * @param chosen of them for a token
 * @param width neurons of an expert
 * @param shared neurons of the expert that all tokens go through; 0 if there is none
 */
public record Experts(Set<Integer> layers, int count, int chosen, int width, int shared) {
  private static final String COUNT = "num_experts";
  private static final String OTHER_COUNT = "num_local_experts";

  public Experts {
    layers = Set.copyOf(layers);
    if (!layers.isEmpty()) {
      if (width < 1 || shared < 0 || chosen < 1) {
        throw new ModelException("text_config has a size of its experts that is not positive");
      }
      if (chosen > count) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "text_config: num_experts_per_tok %d is more than the %d experts",
                chosen,
                count));
      }
    }
  }

  /** By which keys a kind of decoder says what experts it has. */
  enum Rule {
    /** None. */
    NONE,
    /** All layers but {@code mlp_only_layers}, or every {@code decoder_sparse_step}th of them. */
    SOME_LAYERS,
    /** All layers, with a shared expert. */
    ALL_LAYERS
  }

  static Experts none() {
    return new Experts(Set.of(), 0, 0, 0, 0);
  }

  /**
   * Reads a {@code text_config}; what it leaves out is that of transformers' class.
   *
   * @param layers of the decoder
   */
  static Experts of(Config text, Rule rule, int layers) {
    return switch (rule) {
      case NONE -> none();
      case SOME_LAYERS -> {
        int count = text.intValue(OTHER_COUNT, text.intValue(COUNT, 60));
        yield new Experts(
            count > 0 ? sparse(text, layers) : Set.of(),
            count,
            text.intValue("num_experts_per_tok", 4),
            text.intValue("moe_intermediate_size", 1408),
            0);
      }
      case ALL_LAYERS ->
          new Experts(
              LayerTypes.where(layers, layer -> true),
              text.intValue(COUNT, 256),
              text.intValue("num_experts_per_tok", 8),
              text.intValue("moe_intermediate_size", 512),
              text.intValue("shared_expert_intermediate_size", 512));
    };
  }

  private static Set<Integer> sparse(Config text, int layers) {
    List<Integer> without = Arrays.stream(text.ints("mlp_only_layers")).boxed().toList();
    int step = text.intValue("decoder_sparse_step", 1);
    if (step < 1) {
      throw new ModelException("text_config: decoder_sparse_step must be positive");
    }
    return LayerTypes.where(layers, layer -> !without.contains(layer) && (layer + 1) % step == 0);
  }

  /** Whether a layer has experts. */
  public boolean has(int layer) {
    return layers.contains(layer);
  }

  /**
   * How many weights of a layer's MLP a token is multiplied by.
   *
   * @param hidden width of the residual stream
   */
  long weightsOfToken(int hidden) {
    return (long) hidden * (3L * chosen * width + 3L * shared + count);
  }
}
