package io.superneurons.model.decoder;

import io.superneurons.activation.LayerVector;
import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.Locale;
import java.util.Set;

/**
 * The geometry of a decoder of the Llama kind, from Hugging Face's {@code text_config}. What a
 * configuration leaves out has the default of its class in transformers (configuration_llama.py,
 * configuration_qwen2.py, configuration_mistral.py, configuration_qwen2_5_vl.py,
 * configuration_qwen3_vl.py).
 *
 * @param vocabulary rows of the embedding
 * @param hidden width of the residual stream
 * @param intermediate neurons of an MLP
 * @param layers decoder layers
 * @param heads query heads
 * @param kvHeads key and value heads; divides {@code heads}
 * @param headDim width of a head; not always {@code hidden / heads}
 * @param activation of the gate, by transformers' name
 * @param eps of the RMS norms
 * @param rotary how positions turn queries and keys
 * @param tiedHead whether the language head is the embedding
 */
public record DecoderShape(
    int vocabulary,
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    String activation,
    double eps,
    RotaryShape rotary,
    boolean tiedHead) {

  private static final Set<String> ACTIVATIONS =
      Set.of("silu", "gelu", "quick_gelu", "gelu_pytorch_tanh");

  public DecoderShape {
    if (vocabulary < 1 || hidden < 1 || intermediate < 1 || layers < 1 || headDim < 2) {
      throw new ModelException("text_config has a size that is not positive");
    }
    if (heads < 1 || kvHeads < 1 || heads % kvHeads != 0) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "text_config: num_attention_heads %d is not a multiple of num_key_value_heads %d",
              heads,
              kvHeads));
    }
    requireActivation("text_config", activation);
  }

  /** Reads the {@code text_config} of a nested configuration. */
  public static DecoderShape of(Config root, String type) {
    return of(root, root.child("text_config"), type);
  }

  /**
   * Reads a {@code text_config}.
   *
   * @param root the whole config.json, which may say whether the head is tied
   * @param text its part for the language model; the whole in a flat configuration
   * @param type {@code model_type} of the part where it has none
   */
  public static DecoderShape of(Config root, Config text, String type) {
    Defaults defaults = Defaults.of(text.string("model_type", type));
    int hidden = text.intValue("hidden_size", defaults.hidden);
    int heads = text.intValue("num_attention_heads", defaults.heads);
    int headDim =
        text.intValue("head_dim", defaults.headDim > 0 ? defaults.headDim : hidden / heads);
    return new DecoderShape(
        text.intValue("vocab_size", defaults.vocabulary),
        hidden,
        text.intValue("intermediate_size", defaults.intermediate),
        text.intValue("num_hidden_layers", defaults.layers),
        heads,
        text.intValue("num_key_value_heads", defaults.kvHeads > 0 ? defaults.kvHeads : heads),
        headDim,
        text.string("hidden_act", "silu"),
        text.doubleValue("rms_norm_eps", defaults.eps),
        RotaryShape.of(text, defaults.rotary, headDim),
        text.booleanValue("tie_word_embeddings", false)
            || root.booleanValue("tie_word_embeddings", false));
  }

  public static void requireActivation(String where, String activation) {
    if (!ACTIVATIONS.contains(activation)) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: activation '%s' is not supported; those that are: %s",
              where,
              activation,
              ACTIVATIONS.stream().sorted().toList()));
    }
  }

  /** Width of a site's vector. */
  public int width(LayerVector vector) {
    return switch (vector) {
      case RESID_POST -> hidden;
      case ATTN_Z -> heads * headDim;
      case MLP_POST -> intermediate;
    };
  }

  /**
   * What transformers assumes where a configuration says nothing; kvHeads 0 is "as many as heads",
   * headDim 0 is "hidden / heads".
   */
  private record Defaults(
      int vocabulary,
      int hidden,
      int intermediate,
      int layers,
      int heads,
      int kvHeads,
      int headDim,
      double eps,
      RotaryShape.Defaults rotary) {
    private static final RotaryShape.Defaults ONE_AXIS =
        new RotaryShape.Defaults(10_000, RotaryShape.Layout.ONE_AXIS);
    private static final RotaryShape.Defaults SECTIONS =
        new RotaryShape.Defaults(1_000_000, RotaryShape.Layout.SECTIONS, 16, 24, 24);
    private static final RotaryShape.Defaults INTERLEAVED =
        new RotaryShape.Defaults(500_000, RotaryShape.Layout.INTERLEAVED, 24, 20, 20);

    static Defaults of(String modelType) {
      return switch (modelType) {
        case "llama" -> new Defaults(32_000, 4096, 11_008, 32, 32, 0, 0, 1e-6, ONE_AXIS);
        case "mistral" -> new Defaults(32_000, 4096, 14_336, 32, 32, 8, 0, 1e-6, ONE_AXIS);
        case "qwen2" -> new Defaults(151_936, 4096, 22_016, 32, 32, 32, 0, 1e-6, ONE_AXIS);
        case "qwen2_5_vl", "qwen2_5_vl_text" ->
            new Defaults(152_064, 8192, 29_568, 80, 64, 8, 0, 1e-5, SECTIONS);
        case "qwen3_vl_text" ->
            new Defaults(151_936, 4096, 22_016, 32, 32, 32, 128, 1e-6, INTERLEAVED);
        default ->
            throw new ModelException(
                "text_config: model_type '"
                    + modelType
                    + "' is not supported; llama, mistral, qwen2, qwen2_5_vl_text and qwen3_vl_text"
                    + " are");
      };
    }
  }
}
