package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Layers that keep a state of one size in place of every token's keys and values: gated delta nets
 * (arXiv 2412.06464; transformers' modeling_qwen3_5.py).
 *
 * @param layers that are of this kind; the others attend
 * @param keyHeads heads of queries and keys, each of which serves as many heads of values in a row
 * @param valueHeads heads of values
 * @param keyDim width of a head of queries and keys
 * @param valueDim width of a head of values
 * @param kernel tokens that the convolution before them sees, the token itself included
 */
public record DeltaNets(
    Set<Integer> layers, int keyHeads, int valueHeads, int keyDim, int valueDim, int kernel) {
  private static final String LINEAR = "linear_attention";

  public DeltaNets {
    layers = Set.copyOf(layers);
    if (!layers.isEmpty()) {
      if (keyHeads < 1 || valueHeads < 1 || keyDim < 1 || valueDim < 1 || kernel < 1) {
        throw new ModelException("text_config has a size of linear attention that is not positive");
      }
      if (valueHeads % keyHeads != 0) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "text_config: linear_num_value_heads %d is not a multiple of"
                    + " linear_num_key_heads %d",
                valueHeads,
                keyHeads));
      }
    }
  }

  /** By which keys a kind of decoder says which of its layers are delta nets. */
  enum Rule {
    /** None is. */
    NONE,
    /** {@code layer_types}, or all but every {@code full_attention_interval}th layer. */
    LAYER_TYPES
  }

  static DeltaNets none() {
    return new DeltaNets(Set.of(), 0, 0, 0, 0, 0);
  }

  /**
   * Reads a {@code text_config}; what it leaves out is that of Qwen3.5.
   *
   * @param layers of the decoder
   */
  static DeltaNets of(Config text, Rule rule, int layers) {
    if (rule == Rule.NONE) {
      return none();
    }
    return new DeltaNets(
        linear(text, layers),
        text.intValue("linear_num_key_heads", 16),
        text.intValue("linear_num_value_heads", 32),
        text.intValue("linear_key_head_dim", 128),
        text.intValue("linear_value_head_dim", 128),
        text.intValue("linear_conv_kernel_dim", 4));
  }

  private static Set<Integer> linear(Config text, int layers) {
    List<String> types = LayerTypes.of(text, LINEAR);
    if (types.isEmpty()) {
      return LayerTypes.allButEvery(text, "full_attention_interval", 4, layers);
    }
    if (types.size() != layers) {
      throw LayerTypes.wrongLength(types, layers);
    }
    return LayerTypes.where(layers, layer -> types.get(layer).equals(LINEAR));
  }

  /** Whether a layer is one. */
  public boolean has(int layer) {
    return layers.contains(layer);
  }

  /** Width of all queries or of all keys side by side. */
  public int keys() {
    return keyHeads * keyDim;
  }

  /** Width of all values side by side, which is that of {@code attn_z}. */
  public int values() {
    return valueHeads * valueDim;
  }

  /** Queries, keys and values side by side, as they go through the convolution. */
  public int channels() {
    return 2 * keys() + values();
  }
}
