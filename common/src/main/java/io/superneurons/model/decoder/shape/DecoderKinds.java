package io.superneurons.model.decoder.shape;

import io.superneurons.model.weights.ModelException;
import java.util.Set;

/** The kinds of decoders that are run, by the {@code model_type} of their part of config.json. */
final class DecoderKinds {
  private DecoderKinds() {}

  private static final RotaryShape.Defaults ONE_AXIS =
      new RotaryShape.Defaults(10_000, 1, RotaryShape.Layout.ONE_AXIS);
  private static final RotaryShape.Defaults ONE_AXIS_YARN =
      new RotaryShape.Defaults(1_000_000, 1, RotaryShape.Layout.ONE_AXIS)
          .upTo(262_144)
          .where(
              """
              {"rope_type": "yarn", "factor": 16.0, "original_max_position_embeddings": 16384,
               "mscale": 1.0, "mscale_all_dim": 1.0, "llama_4_scaling_beta": 0.1}\
              """);
  private static final RotaryShape.Defaults ONE_AXIS_PROPORTIONAL =
      new RotaryShape.Defaults(1_000_000, 1, RotaryShape.Layout.ONE_AXIS)
          .upTo(131_072)
          .where("{\"rope_type\": \"proportional\", \"partial_rotary_factor\": 0.25}");
  private static final RotaryShape.Defaults SECTIONS =
      new RotaryShape.Defaults(1_000_000, 1, RotaryShape.Layout.SECTIONS, 16, 24, 24).upTo(32_768);
  private static final RotaryShape.Defaults INTERLEAVED =
      new RotaryShape.Defaults(500_000, 1, RotaryShape.Layout.INTERLEAVED, 24, 20, 20)
          .upTo(128_000);

  private static final RotaryShape.Defaults QUARTER =
      new RotaryShape.Defaults(10_000, 0.25, RotaryShape.Layout.INTERLEAVED, 11, 11, 10)
          .upTo(32_768);

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
      case "ministral3" -> MINISTRAL3;
      case "qwen2" -> QWEN2;
      case "qwen3" -> QWEN3;
      case "qwen2_vl", "qwen2_vl_text", "qwen2_5_vl", "qwen2_5_vl_text" -> QWEN2_VL;
      case "qwen3_vl_text" -> QWEN3_VL;
      case "qwen3_5_text" -> QWEN3_5;
      case "qwen3_vl_moe_text" -> QWEN3_VL_MOE;
      case "qwen3_5_moe_text" -> QWEN3_5_MOE;
      case "gemma3_text" -> GEMMA3;
      case "gemma4_text" -> GEMMA4;
      default ->
          throw new ModelException(
              "text_config: model_type '"
                  + modelType
                  + "' is not supported; llama, mistral, ministral3, qwen2, qwen3, qwen2_vl_text,"
                  + " qwen2_5_vl_text, qwen3_vl_text, qwen3_vl_moe_text, qwen3_5_text,"
                  + " qwen3_5_moe_text, gemma3_text and gemma4_text are");
    };
  }

  private static final DecoderDefaults LLAMA =
      new DecoderDefaults(
          new DecoderDefaults.Size(32_000, 4096, 11_008, 32, 32, 0, 0),
          1e-6,
          ONE_AXIS,
          Biases.Rule.BOTH_KEYS,
          SlidingWindow.Rule.NONE,
          0,
          DeltaNets.Rule.NONE,
          DecoderDefaults.Own.PLAIN);

  private static final DecoderDefaults MISTRAL =
      new DecoderDefaults(
          new DecoderDefaults.Size(32_000, 4096, 14_336, 32, 32, 8, 0),
          1e-6,
          ONE_AXIS.upTo(131_072),
          Biases.Rule.NONE,
          SlidingWindow.Rule.ALL_LAYERS,
          0,
          DeltaNets.Rule.NONE,
          DecoderDefaults.Own.PLAIN);

  private static final DecoderDefaults MINISTRAL3 =
      new DecoderDefaults(
          new DecoderDefaults.Size(131_072, 4096, 14_336, 34, 32, 8, 128),
          1e-5,
          ONE_AXIS_YARN,
          Biases.Rule.NONE,
          SlidingWindow.Rule.ALL_LAYERS_IF_GIVEN,
          0,
          DeltaNets.Rule.NONE,
          DecoderDefaults.Own.PLAIN);

  private static final DecoderDefaults QWEN2 =
      new DecoderDefaults(
          new DecoderDefaults.Size(151_936, 4096, 22_016, 32, 32, 32, 0),
          1e-6,
          ONE_AXIS.upTo(32_768),
          Biases.Rule.INPUT,
          SlidingWindow.Rule.DEEPER_LAYERS,
          28,
          DeltaNets.Rule.NONE,
          DecoderDefaults.Own.PLAIN);

  private static final DecoderDefaults QWEN3 =
      new DecoderDefaults(
          new DecoderDefaults.Size(151_936, 4096, 22_016, 32, 32, 32, 128),
          1e-6,
          ONE_AXIS.upTo(32_768),
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.DEEPER_LAYERS,
          28,
          DeltaNets.Rule.NONE,
          DecoderDefaults.Own.HEAD_NORMS);

  private static final DecoderDefaults QWEN2_VL =
      new DecoderDefaults(
          new DecoderDefaults.Size(152_064, 8192, 29_568, 80, 64, 8, 0),
          1e-5,
          SECTIONS,
          Biases.Rule.INPUT,
          SlidingWindow.Rule.DEEPER_LAYERS,
          80,
          DeltaNets.Rule.NONE,
          DecoderDefaults.Own.PLAIN);

  private static final DecoderDefaults QWEN3_VL =
      new DecoderDefaults(
          new DecoderDefaults.Size(151_936, 4096, 22_016, 32, 32, 32, 128),
          1e-6,
          INTERLEAVED,
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.NONE,
          0,
          DeltaNets.Rule.NONE,
          DecoderDefaults.Own.HEAD_NORMS);

  private static final DecoderDefaults QWEN3_5 =
      new DecoderDefaults(
          new DecoderDefaults.Size(248_320, 4096, 12_288, 32, 16, 4, 256),
          1e-6,
          QUARTER,
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.NONE,
          0,
          DeltaNets.Rule.LAYER_TYPES,
          new DecoderDefaults.Own(
              LayerParts.HeadNorms.EACH_HEAD,
              LayerParts.NormWeights.LESS_ONE,
              LayerParts.OutputNorms.NONE,
              LayerParts.Gate.IN_QUERY_PROJECTION,
              LayerParts.ImageSight.BACKWARD,
              DecoderDefaults.Own.EmbeddingScale.ONE,
              Experts.Rule.NONE,
              Set.of("attn_output_gate", "full_attention_interval", "linear_num_key_heads")));

  private static final DecoderDefaults QWEN3_VL_MOE =
      new DecoderDefaults(
          new DecoderDefaults.Size(151_936, 2048, 5632, 24, 16, 16, 0),
          1e-6,
          INTERLEAVED,
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.NONE,
          0,
          DeltaNets.Rule.NONE,
          DecoderDefaults.Own.HEAD_NORMS.with(
              Experts.Rule.SOME_LAYERS,
              DecoderDefaults.EXPERT_WIDTH,
              DecoderDefaults.EXPERTS,
              DecoderDefaults.LOCAL_EXPERTS));

  private static final DecoderDefaults QWEN3_5_MOE =
      new DecoderDefaults(
          new DecoderDefaults.Size(248_320, 2048, 512, 40, 16, 2, 256),
          1e-6,
          QUARTER,
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.NONE,
          0,
          DeltaNets.Rule.LAYER_TYPES,
          QWEN3_5
              .own()
              .with(
                  Experts.Rule.ALL_LAYERS, DecoderDefaults.EXPERT_WIDTH, DecoderDefaults.EXPERTS));

  private static final DecoderDefaults GEMMA3 =
      new DecoderDefaults(
          new DecoderDefaults.Size(262_208, 2304, 9216, 26, 8, 4, 256),
          1e-6,
          new RotaryShape.Defaults(1_000_000, 1, RotaryShape.Layout.ONE_AXIS).upTo(131_072),
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.ALL_BUT_SOME,
          0,
          DeltaNets.Rule.NONE,
          new DecoderDefaults.Own(
              LayerParts.HeadNorms.EACH_HEAD,
              LayerParts.NormWeights.LESS_ONE,
              LayerParts.OutputNorms.BOTH,
              LayerParts.Gate.NONE,
              LayerParts.ImageSight.BOTH_WAYS,
              DecoderDefaults.Own.EmbeddingScale.ROOT_OF_WIDTH,
              Experts.Rule.NONE,
              Set.of(
                  DecoderDefaults.ACTIVATION,
                  DecoderDefaults.QUERY_SCALAR,
                  DecoderDefaults.WINDOW_THETA)));

  private static final DecoderDefaults GEMMA4 =
      new DecoderDefaults(
          new DecoderDefaults.Size(262_144, 2304, 9216, 30, 8, 4, 256),
          1e-6,
          ONE_AXIS_PROPORTIONAL,
          Biases.Rule.ATTENTION_KEY,
          SlidingWindow.Rule.ALL_BUT_SOME_AND_THE_LAST,
          0,
          DeltaNets.Rule.NONE,
          new DecoderDefaults.Own(
              LayerParts.HeadNorms.EACH_HEAD_AND_VALUE,
              LayerParts.NormWeights.WHOLE,
              LayerParts.OutputNorms.BOTH_AND_LAYER_SCALAR,
              LayerParts.Gate.NONE,
              LayerParts.ImageSight.BACKWARD,
              DecoderDefaults.Own.EmbeddingScale.ROOT_OF_WIDTH,
              Experts.Rule.NONE,
              Set.of(
                  DecoderDefaults.ACTIVATION,
                  DecoderDefaults.LOGIT_BOUND,
                  DecoderDefaults.WINDOW_POSITIONS,
                  SharedKeys.COUNT,
                  TokenInputs.WIDTH)));
}
