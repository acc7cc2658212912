package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a kind of decoder ({@link DecoderKinds}) is in transformers where its configuration says
 * nothing (configuration_llama.py, configuration_mistral.py, configuration_qwen2.py,
 * configuration_qwen3.py, configuration_qwen2_vl.py, configuration_qwen2_5_vl.py,
 * configuration_qwen3_vl.py, configuration_qwen3_5.py, configuration_qwen3_vl_moe.py,
 * configuration_qwen3_5_moe.py, configuration_gemma3.py, configuration_gemma4.py).
 *
 * @param size of vectors and layers
 * @param eps of the RMS norms
 * @param rotary how positions turn queries and keys
 * @param biases by which keys linear layers have one
 * @param window by which keys layers have sliding windows
 * @param fullLayers layers before the first one with a window
 * @param deltaNets by which keys layers are delta nets
 * @param own what this kind of layer has, and the keys that only it knows
 */
record DecoderDefaults(
    Size size,
    double eps,
    RotaryShape.Defaults rotary,
    Biases.Rule biases,
    SlidingWindow.Rule window,
    int fullLayers,
    DeltaNets.Rule deltaNets,
    Own own) {

  static final String ACTIVATION = "hidden_activation";
  static final String WINDOW_POSITIONS = "rope_parameters.sliding_attention";
  static final String WINDOW_THETA = "rope_local_base_freq";
  static final String QUERY_SCALAR = "query_pre_attn_scalar";
  static final String LOGIT_BOUND = "final_logit_softcapping";
  static final String EXPERT_WIDTH = "moe_intermediate_size";
  static final String EXPERTS = "num_experts";
  static final String LOCAL_EXPERTS = "num_local_experts";

  /**
   * What tells one kind of layer from others.
   *
   * @param experts by which keys layers have a mixture of experts
   * @param keys that only this kind knows
   */
  record Own(
      LayerParts.HeadNorms headNorms,
      LayerParts.NormWeights normWeights,
      LayerParts.OutputNorms outputNorms,
      LayerParts.Gate gate,
      LayerParts.ImageSight sight,
      EmbeddingScale embedding,
      Experts.Rule experts,
      Set<String> keys) {
    /** What token embeddings are multiplied by. */
    enum EmbeddingScale {
      ONE,
      /** The square root of the residual stream's width. */
      ROOT_OF_WIDTH
    }

    static final Own PLAIN = headNorms(LayerParts.HeadNorms.NONE);
    static final Own HEAD_NORMS = headNorms(LayerParts.HeadNorms.EACH_HEAD);

    private static Own headNorms(LayerParts.HeadNorms norms) {
      return new Own(
          norms,
          LayerParts.NormWeights.WHOLE,
          LayerParts.OutputNorms.NONE,
          LayerParts.Gate.NONE,
          LayerParts.ImageSight.BACKWARD,
          EmbeddingScale.ONE,
          Experts.Rule.NONE,
          Set.of());
    }

    /** The same with experts. */
    Own with(Experts.Rule rule, String... known) {
      Set<String> all = new HashSet<>(keys);
      all.addAll(List.of(known));
      return new Own(
          headNorms, normWeights, outputNorms, gate, sight, embedding, rule, Set.copyOf(all));
    }
  }

  /**
   * Sizes.
   *
   * @param kvHeads key and value heads; 0 is "as many as heads"
   * @param headDim width of a head; 0 is "hidden / heads"
   */
  record Size(
      int vocabulary,
      int hidden,
      int intermediate,
      int layers,
      int heads,
      int kvHeads,
      int headDim) {}

  /** Keys of other kinds of decoders that change what they compute. */
  private static final List<String> FOREIGN =
      List.of(
          "alibi",
          "attention_chunk_size",
          "attention_k_eq_v",
          "attention_multiplier",
          "attn_logit_softcapping",
          "attn_output_gate",
          "attn_temperature_tuning",
          "clip_qkv",
          "embedding_multiplier",
          "enable_moe_block",
          LOGIT_BOUND,
          "full_attention_interval",
          TokenInputs.WIDTH,
          "kv_lora_rank",
          "linear_num_key_heads",
          "logit_scale",
          "logits_scaling",
          EXPERT_WIDTH,
          "n_routed_experts",
          "no_rope_layers",
          EXPERTS,
          SharedKeys.COUNT,
          LOCAL_EXPERTS,
          "q_lora_rank",
          "qk_layernorm",
          QUERY_SCALAR,
          "residual_multiplier",
          WINDOW_THETA,
          "use_qk_norm");

  /**
   * Refuses a configuration with a key by which another kind of decoder is told: what its weights
   * compute is not what is run here.
   *
   * @throws ModelException that names the key
   */
  void refuseForeign(Config text) {
    for (String key : FOREIGN) {
      if (text.has(key) && !text.isOff(key) && !own.keys().contains(key)) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s: text_config.%s changes what a decoder computes, and is not known for"
                    + " model_type '%s'",
                text.file(),
                key,
                text.string("model_type", "")));
      }
    }
    text.only("is_causal", true);
    text.only("use_bidirectional_attention", false);
  }

  /** The activation of the gate, in the spelling of the kind. */
  String activation(Config text) {
    return own.keys().contains(ACTIVATION)
        ? text.string(ACTIVATION, "gelu_pytorch_tanh")
        : text.string("hidden_act", "silu");
  }

  /** Neurons of a plain MLP; those of the shared expert where every layer has experts. */
  int intermediate(Config text, Experts experts) {
    return own.experts() == Experts.Rule.ALL_LAYERS
        ? experts.shared()
        : text.intValue("intermediate_size", size.intermediate());
  }

  /**
   * How positions turn in layers with a window.
   *
   * @param whole how they turn in the others
   */
  RotaryShape windowRotary(Config text, RotaryShape whole, int headDim) {
    return own.keys().contains(WINDOW_THETA) || own.keys().contains(WINDOW_POSITIONS)
        ? RotaryShape.ofWindows(text, WINDOW_THETA, rotary, headDim)
        : whole;
  }

  /** How embeddings and queries are scaled. */
  DecoderScales scales(Config text, int hidden) {
    double embedding = own.embedding() == Own.EmbeddingScale.ROOT_OF_WIDTH ? Math.sqrt(hidden) : 1;
    return new DecoderScales(embedding, queryScalar(text), text.doubleValue(LOGIT_BOUND, 0));
  }

  private double queryScalar(Config text) {
    if (own.headNorms() == LayerParts.HeadNorms.EACH_HEAD_AND_VALUE) {
      return 1;
    }
    return own.keys().contains(QUERY_SCALAR) ? text.doubleValue(QUERY_SCALAR, 256) : 0;
  }

  /** How wide each layer's attention and MLP are. */
  LayerSizes sizes(Config text, LayerSizes.Layer usual, SlidingWindow window, SharedKeys shared) {
    return own.keys().contains(SharedKeys.COUNT)
        ? LayerSizes.byLayer(text, usual, window, shared)
        : LayerSizes.same(shared.sources().size(), usual);
  }

  /** Whose keys and values each layer uses. */
  SharedKeys sharedKeys(Config text, SlidingWindow of, int layers) {
    return own.keys().contains(SharedKeys.COUNT)
        ? SharedKeys.of(text, of, layers)
        : SharedKeys.none(layers);
  }

  /** What layers get of tokens. */
  TokenInputs tokenInputs(Config root, Config text) {
    return own.keys().contains(TokenInputs.WIDTH) ? TokenInputs.of(root, text) : TokenInputs.none();
  }

  /** What a layer has by the configuration. */
  LayerParts parts(Config text) {
    return new LayerParts(
        Biases.of(text, biases),
        own.headNorms(),
        own.normWeights(),
        own.outputNorms(),
        own.gate(),
        own.sight());
  }
}
