package io.superneurons.model.decoder.shape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoder geometry from the configurations of published checkpoints. */
class DecoderShapeTest {

  @Test
  void aFlatConfigurationOfQwen25() {
    Config flat =
        config(
            """
            {"model_type": "qwen2_5_vl", "hidden_size": 2048, "intermediate_size": 11008,
             "num_hidden_layers": 36, "num_attention_heads": 16, "num_key_value_heads": 2,
             "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "tie_word_embeddings": true,
             "rope_scaling": {"type": "mrope", "mrope_section": [16, 24, 24]},
             "vocab_size": 151936}
            """);
    DecoderShape shape = DecoderShape.of(flat, flat, "qwen2_5_vl_text", HeadTie.EITHER_LEVEL);
    assertEquals(128, shape.layer(0).headDim());
    assertEquals(1_000_000, shape.rotary().theta());
    assertTrue(shape.tiedHead());
    assertArrayEquals(new int[] {16, 24, 24}, counts(shape.rotary().axes()));
    assertEquals(0, shape.rotary().axes()[15]);
    assertEquals(2, shape.rotary().axes()[63]);
  }

  @Test
  void interleavedSectionsOfQwen3LeaveTheRestToTime() {
    Config text =
        config(
            """
            {"model_type": "qwen3_vl_text", "hidden_size": 2048, "num_attention_heads": 16,
             "num_key_value_heads": 8, "rope_theta": 5000000,
             "rope_scaling": {"mrope_interleaved": true, "mrope_section": [24, 20, 20],
                              "rope_type": "default"}}
            """);
    DecoderShape shape = DecoderShape.of(config("{}"), text, "qwen3_vl_text", HeadTie.EITHER_LEVEL);
    assertEquals(128, shape.layer(0).headDim());
    int[] axes = shape.rotary().axes();
    assertArrayEquals(new int[] {24, 20, 20}, counts(axes));
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, Arrays.copyOf(axes, 6));
    assertArrayEquals(new int[] {0, 0, 0, 0}, Arrays.copyOfRange(axes, 60, 64));
  }

  @Test
  void whatIsLeftOutHasTransformersDefaults() {
    DecoderShape qwen25 =
        DecoderShape.of(config("{}"), config("{}"), "qwen2_5_vl_text", HeadTie.EITHER_LEVEL);
    assertEquals(1e-5, qwen25.eps());
    assertEquals(1_000_000, qwen25.rotary().theta());
    assertEquals(8, qwen25.layer(0).kvHeads());
    DecoderShape qwen3 =
        DecoderShape.of(config("{}"), config("{}"), "qwen3_vl_text", HeadTie.EITHER_LEVEL);
    assertEquals(1e-6, qwen3.eps());
    assertEquals(500_000, qwen3.rotary().theta());
    assertArrayEquals(new int[] {24, 20, 20}, counts(qwen3.rotary().axes()));
    DecoderShape llama = DecoderShape.of(config("{}"), config("{}"), "llama", HeadTie.EITHER_LEVEL);
    assertArrayEquals(new int[] {64}, counts(llama.rotary().axes()));
  }

  @Test
  void sectionsThatDoNotFitTheHeadAreRefused() {
    Config text = config("{\"rope_scaling\": {\"type\": \"mrope\", \"mrope_section\": [1, 2, 3]}}");
    ModelException refused =
        assertThrows(
            ModelException.class,
            () -> DecoderShape.of(text, text, "qwen2_5_vl_text", HeadTie.EITHER_LEVEL));
    assertTrue(refused.getMessage().contains("mrope_section [1, 2, 3]"), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mistral | {} | 4096, 4096, 4096, 4096", // the default of the class
        "mistral | {\"sliding_window\": null} | 0, 0, 0, 0",
        "mistral | {\"sliding_window\": 16} | 16, 16, 16, 16",
        "llama | {\"sliding_window\": 16} | 0, 0, 0, 0",
        "qwen2 | {\"sliding_window\": 16} | 0, 0, 0, 0",
        "qwen2 | {\"sliding_window\": 16, \"use_sliding_window\": true} | 0, 0, 0, 0",
        "qwen3 | {\"sliding_window\": 16, \"use_sliding_window\": true, \"max_window_layers\": 3}"
            + " | 0, 0, 0, 16",
        "qwen2_vl_text | {\"use_sliding_window\": true, \"max_window_layers\": 2}"
            + " | 0, 0, 4096, 4096",
        "qwen2 | {\"sliding_window\": 8, \"use_sliding_window\": true, \"layer_types\":"
            + " [\"sliding_attention\", \"full_attention\", \"sliding_attention\","
            + " \"full_attention\"]} | 8, 0, 8, 0",
      })
  void windowsAreThoseOfTransformers(String type, String json, String expected) {
    Config text =
        config(json.replaceFirst("^\\{", "{\"num_hidden_layers\": 4, ").replace(", }", "}"));
    SlidingWindow window = DecoderShape.of(text, text, type, HeadTie.EITHER_LEVEL).window();
    assertEquals(
        expected,
        IntStream.range(0, 4)
            .mapToObj(layer -> String.valueOf(window.in(layer)))
            .collect(Collectors.joining(", ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"layer_types\": [\"chunked_attention\"]}",
        "{\"layer_types\": [\"sliding_attention\"]}",
        "{\"attn_logit_softcapping\": 50.0}",
        "{\"num_experts\": 8}",
        "{\"is_causal\": false}",
        "{\"use_sliding_window\": true, \"sliding_window\": 0, \"max_window_layers\": 0}",
      })
  void aKeyThatChangesResultsAndIsNotKnownIsNamed(String json) {
    Config text = config(json);
    RuntimeException refused =
        assertThrows(
            RuntimeException.class,
            () -> DecoderShape.of(text, text, "qwen2", HeadTie.EITHER_LEVEL));
    String key = json.contains("sliding_window\": 0") ? "sliding_window" : text.keys().get(0);
    assertTrue(refused.getMessage().contains(key), refused.getMessage());
  }

  @Test
  void aKeyOfAnotherDecoderThatIsOffChangesNothing() {
    Config text = config("{\"num_experts\": 0, \"use_qk_norm\": false, \"alibi\": null}");
    DecoderShape.of(text, text, "qwen2", HeadTie.EITHER_LEVEL);
  }

  @ParameterizedTest
  @CsvSource({
    "EITHER_LEVEL, true, , true", "EITHER_LEVEL, false, true, true", "EITHER_LEVEL, , , false",
    "TOP_LEVEL, , true, false", "TOP_LEVEL, true, false, true", "TOP_LEVEL_OR_TIED, , false, true",
    "TOP_LEVEL_OR_TIED, false, true, false",
  })
  void theHeadIsTiedAsTheFamilySays(HeadTie tie, Boolean top, Boolean text, boolean expected) {
    Config root = config(String.format(Locale.ROOT, "{\"tie_word_embeddings\": %s}", top));
    Config part = config(String.format(Locale.ROOT, "{\"tie_word_embeddings\": %s}", text));
    assertEquals(expected, DecoderShape.of(root, part, "llama", tie).tiedHead());
  }

  @ParameterizedTest
  @CsvSource({"gemma3_text, sliding_window_pattern", "qwen3_5_text, full_attention_interval"})
  void layersThatRepeatEveryNoneAreRefused(String type, String key) {
    Config text = config("{\"model_type\": \"" + type + "\", \"" + key + "\": 0}");
    ModelException refused =
        assertThrows(
            ModelException.class,
            () -> DecoderShape.of(config("{}"), text, type, HeadTie.TOP_LEVEL));
    assertEquals("text_config: " + key + " must be positive", refused.getMessage());
  }

  /** The last three of six layers use others' keys and values; every third sees all tokens. */
  private static final String GEMMA4 =
      """
      {"num_hidden_layers": 6, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 8,
       "intermediate_size": 10, "layer_types": ["sliding_attention",
       "sliding_attention", "full_attention", "sliding_attention", "full_attention",
       "sliding_attention"], "num_kv_shared_layers":\
      """;

  @Test
  void layersOfGemma4HaveSizesOfTheirOwnAndShareKeys() {
    Config text =
        config(
            GEMMA4
                + "3, \"use_double_wide_mlp\": true, \"global_head_dim\": 24, \"pad_token_id\":"
                + " 7}");
    Config root = config("{\"image_token_id\": 90}");
    DecoderShape shape = DecoderShape.of(root, text, "gemma4_text", HeadTie.TOP_LEVEL_OR_TIED);
    assertEquals(List.of(0, 1, 2, 1, 2, 2), shape.sharedKeys().sources());
    assertTrue(shape.sharedKeys().feeds(1) && !shape.sharedKeys().feeds(0));
    assertEquals(
        List.of(8, 8, 24, 8, 24, 24), // the last one sees all tokens whatever it is called
        shape.sizes().layers().stream().map(LayerSizes.Layer::headDim).toList());
    assertEquals(
        List.of(10, 10, 10, 20, 20, 20),
        shape.sizes().layers().stream().map(LayerSizes.Layer::intermediate).toList());
    assertArrayEquals(new long[] {3, 7, 7, 9}, shape.inputs().lookedUp(new long[] {3, 90, 7, 9}));
    double[] divisors = shape.rotary().scaling().divisors();
    assertEquals(24, shape.rotary().dim());
    assertEquals(3, Arrays.stream(divisors).filter(divisor -> divisor == 1).count());
    assertEquals(9, Arrays.stream(divisors).filter(Double::isInfinite).count());
    assertEquals(8, shape.windowRotary().dim());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3, \"enable_moe_block\": true | enable_moe_block",
        "3, \"attention_k_eq_v\": true | attention_k_eq_v",
        "3, \"use_bidirectional_attention\": \"vision\" | use_bidirectional_attention",
        "3, \"per_layer_config\": {\"2\": {\"sliding_window\": 3}} |"
            + " per_layer_config.2.sliding_window",
        "3, \"per_layer_config\": {\"sliding_attention\": {}} | per_layer_config.sliding_attention",
        "3, \"per_layer_config\": {\"2\": {\"head_dim\": 4}} | heads of different widths",
        "4 | num_kv_shared_layers",
      })
  void whatIsNotRunOfGemma4IsNamed(String more, String words) {
    Config text = config(GEMMA4 + more + "}");
    RuntimeException refused =
        assertThrows(
            RuntimeException.class,
            () -> DecoderShape.of(config("{}"), text, "gemma4_text", HeadTie.TOP_LEVEL_OR_TIED));
    assertTrue(refused.getMessage().contains(words), refused.getMessage());
  }

  private static Config config(String json) {
    return Config.parse("config.json", json);
  }

  /** How many frequencies each axis turns. */
  private static int[] counts(int[] axes) {
    int[] counts = new int[Arrays.stream(axes).max().orElseThrow() + 1];
    for (int axis : axes) {
      counts[axis]++;
    }
    return counts;
  }
}
