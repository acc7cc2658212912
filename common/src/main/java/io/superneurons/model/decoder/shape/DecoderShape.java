package io.superneurons.model.decoder.shape;

import io.superneurons.activation.LayerVector;
import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.Locale;
import java.util.Set;

/**
 * The geometry of a decoder of the Llama kind, from Hugging Face's {@code text_config}. What a
 * configuration leaves out has the default of its class in transformers, see {@link
 * DecoderDefaults}.
 *
 * @param vocabulary rows of the embedding
 * @param hidden width of the residual stream
 * @param layers decoder layers
 * @param heads query heads
 * @param sizes of each layer's attention and MLP; key and value heads divide {@code heads}, and a
 *     head's width is not always {@code hidden / heads}
 * @param activation of the gate, by transformers' name
 * @param eps of the RMS norms
 * @param scales of embeddings, queries and logits
 * @param rotary how positions turn queries and keys
 * @param windowRotary how they do in layers with a window; the same object where that is no other
 *     way
 * @param window layers whose queries see the last tokens only
 * @param sharedKeys layers that use another one's keys and values
 * @param deltaNets layers that do not attend
 * @param experts layers whose MLP is a mixture of experts
 * @param inputs what layers get of tokens beside the residual stream
 * @param parts what the layers that attend have beside their matrices
 * @param tiedHead whether the language head is the embedding, where the weights have no head
 */
public record DecoderShape(
    int vocabulary,
    int hidden,
    int layers,
    int heads,
    LayerSizes sizes,
    String activation,
    double eps,
    DecoderScales scales,
    RotaryShape rotary,
    RotaryShape windowRotary,
    SlidingWindow window,
    SharedKeys sharedKeys,
    DeltaNets deltaNets,
    Experts experts,
    TokenInputs inputs,
    LayerParts parts,
    boolean tiedHead) {

  private static final Set<String> ACTIVATIONS =
      Set.of(
          "silu",
          "swish",
          "gelu",
          "gelu_new",
          "gelu_python_tanh",
          "gelu_pytorch_tanh",
          "quick_gelu",
          "relu");

  public DecoderShape {
    if (vocabulary < 1 || hidden < 1 || layers < 1) {
      throw new ModelException("text_config has a size that is not positive");
    }
    for (LayerSizes.Layer layer : sizes.layers()) {
      if (heads < 1 || heads % layer.kvHeads() != 0) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "text_config: num_attention_heads %d is not a multiple of num_key_value_heads %d",
                heads,
                layer.kvHeads()));
      }
    }
    requireActivation("text_config", activation);
  }

  /**
   * Reads a {@code text_config}.
   *
   * @param root the whole config.json, which may say whether the head is tied
   * @param text its part for the language model; the whole in a flat configuration
   * @param type {@code model_type} of the part where it has none
   * @param tie how the family says that the head is the embedding
   */
  public static DecoderShape of(Config root, Config text, String type, HeadTie tie) {
    DecoderDefaults defaults = DecoderKinds.of(text.string("model_type", type));
    defaults.refuseForeign(text);
    DecoderDefaults.Size size = defaults.size();
    int hidden = text.intValue("hidden_size", size.hidden());
    int layers = text.intValue("num_hidden_layers", size.layers());
    int heads = text.intValue("num_attention_heads", size.heads());
    int headDim = text.intValue("head_dim", size.headDim() > 0 ? size.headDim() : hidden / heads);
    Experts experts = Experts.of(text, defaults.own().experts(), layers);
    SlidingWindow window = SlidingWindow.of(text, defaults.window(), layers, defaults.fullLayers());
    SharedKeys shared = defaults.sharedKeys(text, window, layers);
    LayerSizes.Layer usual =
        new LayerSizes.Layer(
            kvHeads(text, size.kvHeads(), heads), headDim, defaults.intermediate(text, experts));
    LayerSizes sizes = defaults.sizes(text, usual, window, shared);
    RotaryShape rotary =
        RotaryShape.of(text, defaults.rotary(), sizes.headDim(window, false, headDim));
    return new DecoderShape(
        text.intValue("vocab_size", size.vocabulary()),
        hidden,
        layers,
        heads,
        sizes,
        defaults.activation(text),
        text.doubleValue("rms_norm_eps", defaults.eps()),
        defaults.scales(text, hidden),
        rotary,
        defaults.windowRotary(text, rotary, sizes.headDim(window, true, headDim)),
        window,
        shared,
        DeltaNets.of(text, defaults.deltaNets(), layers),
        experts,
        defaults.tokenInputs(root, text),
        defaults.parts(text),
        tie.of(root, text));
  }

  /** As many as heads where the configuration says null or its kind has no number of its own. */
  private static int kvHeads(Config text, int usual, int heads) {
    String key = "num_key_value_heads";
    return text.intValue(key, usual == 0 || text.isNull(key) ? heads : usual);
  }

  /** Tokens of the longest row that it can run, those of its answer included. */
  public int longest() {
    return rotary.scaling().longest();
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

  /**
   * How many weights of a layer are multiplied by every token, even where only the last one's
   * activations are asked for.
   */
  public long weightsForEveryToken(int layer) {
    if (deltaNets.has(layer)) {
      return (long) hidden * (deltaNets.channels() + 2L * deltaNets.valueHeads());
    }
    LayerSizes.Layer sized = layer(layer);
    return sharedKeys.uses(layer) ? 0 : 2L * hidden * sized.kvHeads() * sized.headDim();
  }

  /** How many of the others, which are multiplied by the tokens that are asked for. */
  public long weightsForLastToken(int layer) {
    boolean gated = parts.gate() == LayerParts.Gate.IN_QUERY_PROJECTION;
    long mixing =
        deltaNets.has(layer)
            ? 2L * hidden * deltaNets.values()
            : (gated ? 3L : 2L) * hidden * heads * layer(layer).headDim();
    return mixing
        + 3L * hidden * inputs.width() // its projection, its gate, and the way back
        + (experts.has(layer) ? experts.weightsOfToken(hidden) : 3L * hidden * mlpWidth(layer));
  }

  /** Sizes of a layer's attention and MLP. */
  public LayerSizes.Layer layer(int layer) {
    return sizes.in(layer);
  }

  /** Width of a site's vector in a first layer that attends and has a plain MLP. */
  public int width(LayerVector vector) {
    return switch (vector) {
      case RESID_POST -> hidden;
      case ATTN_Z -> heads * layer(0).headDim();
      case MLP_POST -> layer(0).intermediate();
    };
  }

  /** Width of a site's vector in that layer; 0 where the layer has none of it. */
  public int width(int layer, LayerVector vector) {
    return switch (vector) {
      case RESID_POST -> hidden;
      case ATTN_Z -> deltaNets.has(layer) ? deltaNets.values() : heads * layer(layer).headDim();
      case MLP_POST -> mlpWidth(layer);
    };
  }

  /**
   * Neurons of a layer's MLP that all tokens go through: of experts the shared one's, 0 where there
   * is none.
   */
  public int mlpWidth(int layer) {
    return experts.has(layer) ? experts.shared() : layer(layer).intermediate();
  }
}
