package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a kind of decoder is in transformers where its configuration says nothing
 * (configuration_llama.py, configuration_mistral.py, configuration_qwen2.py,
 * configuration_qwen3.py, configuration_qwen2_vl.py, configuration_qwen2_5_vl.py,
 * configuration_qwen3_vl.py, configuration_qwen3_5.py, configuration_qwen3_vl_moe.py,
 * configuration_qwen3_5_moe.py, configuration_gemma3.py).
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

  private static final String ACTIVATION = "hidden_activation";
  private static final String WINDOW_THETA = "rope_local_base_freq";
  private static final String QUERY_SCALAR = "query_pre_attn_scalar";
  private static final String EXPERT_WIDTH = "moe_intermediate_size";
  private static final String EXPERTS = "num_experts";
  private static final String LOCAL_EXPERTS = "num_local_experts";

  private static final RotaryShape.Defaults ONE_AXIS =
      new RotaryShape.Defaults(10_000, 1, RotaryShape.Layout.ONE_AXIS);
  private static final RotaryShape.Defaults SECTIONS =
      new RotaryShape.Defaults(1_000_000, 1, RotaryShape.Layout.SECTIONS, 16, 24, 24);
  private static final RotaryShape.Defaults INTERLEAVED =
      new RotaryShape.Defaults(500_000, 1, RotaryShape.Layout.INTERLEAVED, 24, 20, 20);

  private static final RotaryShape.Defaults QUARTER =
      new RotaryShape.Defaults(10_000, 0.25, RotaryShape.Layout.INTERLEAVED, 11, 11, 10);

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
    private Own with(Experts.Rule rule, String... known) {
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

  /**
   * The defaults of a kind.
   *
   * @param modelType {@code model_type} of a {@code text_config}
   * @throws ModelException if it is none of those that are run
   */
  static DecoderDefaults of(String modelType) {
    return switch (modelType) {
      case "llama" -> LLAMA;
      case "mistral" -> MISTRAL;
      case "qwen2" -> QWEN2;
      case "qwen3" -> QWEN3;
      case "qwen2_vl", "qwen2_vl_text", "qwen2_5_vl", "qwen2_5_vl_text" -> QWEN2_VL;
      case "qwen3_vl_text" -> QWEN3_VL;
      case "qwen3_5_text" -> QWEN3_5;
      case "qwen3_vl_moe_text" -> QWEN3_VL_MOE;
      case "qwen3_5_moe_text" -> QWEN3_5_MOE;
      case "gemma3_text" -> GEMMA3;
      default ->
          throw new ModelException(
              "text_config: model_type '"
                  + modelType
                  + "' is not supported; llama, mistral, qwen2, qwen3, qwen2_vl_text,"
                  + " qwen2_5_vl_text, qwen3_vl_text, qwen3_vl_moe_text, qwen3_5_text,"
                  + " qwen3_5_moe_text and gemma3_text are");
    };
  }

  /** Keys of other kinds of decoders that change what they compute. */
  private static final List<String> FOREIGN =
      List.of(
          "alibi",
          "attention_chunk_size",
          "attention_multiplier",
          "attn_logit_softcapping",
          "attn_output_gate",
          "attn_temperature_tuning",
          "clip_qkv",
          "embedding_multiplier",
          "final_logit_softcapping",
          "full_attention_interval",
          "kv_lora_rank",
          "linear_num_key_heads",
          "logit_scale",
          "logits_scaling",
          EXPERT_WIDTH,
          "n_routed_experts",
          "no_rope_layers",
          EXPERTS,
          "num_kv_shared_layers",
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
    return own.keys().contains(WINDOW_THETA)
        ? RotaryShape.ofWindows(text, WINDOW_THETA, headDim)
        : whole;
  }

  /** How embeddings and queries are scaled. */
  DecoderScales scales(Config text, int hidden, int headDim) {
    double embedding = own.embedding() == Own.EmbeddingScale.ROOT_OF_WIDTH ? Math.sqrt(hidden) : 1;
    double query =
        own.keys().contains(QUERY_SCALAR)
            ? Math.sqrt(headDim / text.doubleValue(QUERY_SCALAR, 256))
            : 1;
    return new DecoderScales(embedding, query);
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

  private static final DecoderDefaults LLAMA =
      new DecoderDefaults(
          new Size(32_000, 4096, 11_008, 32, 32, 0, 0),
          1e-6,
          ONE_AXIS,
          Biases.Rule.BOTH_KEYS,
          SlidingWindow.Rule.NONE,
          0,
          DeltaNets.Rule.NONE,
          Own.PLAIN);

  private static final DecoderDefaults MISTRAL =
      new DecoderDefaults(
          new Size(32_000, 4096, 14_336, 32, 32, 8, 0),
          1e-6,
          ONE_AXIS,
          Biases.Rule.NONE,
          SlidingWindow.Rule.ALL_LAYERS,
          0,
          DeltaNets.Rule.NONE,
          Own.PLAIN);

  private static final DecoderDefaults QWEN2 =
      new DecoderDefaults(
          new Size(151_936, 4096, 22_016, 32, 32, 32, 0),
          1e-6,
          ONE_AXIS,
          Biases.Rule.INPUT,
          SlidingWindow.Rule.DEEPER_LAYERS,
          28,
          DeltaNets.Rule.NONE,
          Own.PLAIN);

  private static final DecoderDefaults QWEN3 =
      new DecoderDefaults(
          new Size(151_936, 4096, 22_016, 32, 32, 32, 128),
          1e-6,
          ONE_AXIS,
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.DEEPER_LAYERS,
          28,
          DeltaNets.Rule.NONE,
          Own.HEAD_NORMS);

  private static final DecoderDefaults QWEN2_VL =
      new DecoderDefaults(
          new Size(152_064, 8192, 29_568, 80, 64, 8, 0),
          1e-5,
          SECTIONS,
          Biases.Rule.INPUT,
          SlidingWindow.Rule.DEEPER_LAYERS,
          80,
          DeltaNets.Rule.NONE,
          Own.PLAIN);

  private static final DecoderDefaults QWEN3_VL =
      new DecoderDefaults(
          new Size(151_936, 4096, 22_016, 32, 32, 32, 128),
          1e-6,
          INTERLEAVED,
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.NONE,
          0,
          DeltaNets.Rule.NONE,
          Own.HEAD_NORMS);

  private static final DecoderDefaults QWEN3_5 =
      new DecoderDefaults(
          new Size(248_320, 4096, 12_288, 32, 16, 4, 256),
          1e-6,
          QUARTER,
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.NONE,
          0,
          DeltaNets.Rule.LAYER_TYPES,
          new Own(
              LayerParts.HeadNorms.EACH_HEAD,
              LayerParts.NormWeights.LESS_ONE,
              LayerParts.OutputNorms.NONE,
              LayerParts.Gate.IN_QUERY_PROJECTION,
              LayerParts.ImageSight.BACKWARD,
              Own.EmbeddingScale.ONE,
              Experts.Rule.NONE,
              Set.of("attn_output_gate", "full_attention_interval", "linear_num_key_heads")));

  private static final DecoderDefaults QWEN3_VL_MOE =
      new DecoderDefaults(
          new Size(151_936, 2048, 5632, 24, 16, 16, 0),
          1e-6,
          INTERLEAVED,
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.NONE,
          0,
          DeltaNets.Rule.NONE,
          Own.HEAD_NORMS.with(Experts.Rule.SOME_LAYERS, EXPERT_WIDTH, EXPERTS, LOCAL_EXPERTS));

  private static final DecoderDefaults QWEN3_5_MOE =
      new DecoderDefaults(
          new Size(248_320, 2048, 512, 40, 16, 2, 256),
          1e-6,
          QUARTER,
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.NONE,
          0,
          DeltaNets.Rule.LAYER_TYPES,
          QWEN3_5.own().with(Experts.Rule.ALL_LAYERS, EXPERT_WIDTH, EXPERTS));

  private static final DecoderDefaults GEMMA3 =
      new DecoderDefaults(
          new Size(262_208, 2304, 9216, 26, 8, 4, 256),
          1e-6,
          new RotaryShape.Defaults(1_000_000, 1, RotaryShape.Layout.ONE_AXIS),
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.ALL_BUT_SOME,
          0,
          DeltaNets.Rule.NONE,
          new Own(
              LayerParts.HeadNorms.EACH_HEAD,
              LayerParts.NormWeights.LESS_ONE,
              LayerParts.OutputNorms.BOTH,
              LayerParts.Gate.NONE,
              LayerParts.ImageSight.BOTH_WAYS,
              Own.EmbeddingScale.ROOT_OF_WIDTH,
              Experts.Rule.NONE,
              Set.of(ACTIVATION, QUERY_SCALAR, WINDOW_THETA)));
}
