package io.superneurons.model.decoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

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
    DecoderShape shape = DecoderShape.of(flat, flat, "qwen2_5_vl_text");
    assertEquals(128, shape.headDim());
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
    DecoderShape shape = DecoderShape.of(config("{}"), text, "qwen3_vl_text");
    assertEquals(128, shape.headDim());
    int[] axes = shape.rotary().axes();
    assertArrayEquals(new int[] {24, 20, 20}, counts(axes));
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, Arrays.copyOf(axes, 6));
    assertArrayEquals(new int[] {0, 0, 0, 0}, Arrays.copyOfRange(axes, 60, 64));
  }

  @Test
  void whatIsLeftOutHasTransformersDefaults() {
    DecoderShape qwen25 = DecoderShape.of(config("{}"), config("{}"), "qwen2_5_vl_text");
    assertEquals(1e-5, qwen25.eps());
    assertEquals(1_000_000, qwen25.rotary().theta());
    assertEquals(8, qwen25.kvHeads());
    DecoderShape qwen3 = DecoderShape.of(config("{}"), config("{}"), "qwen3_vl_text");
    assertEquals(1e-6, qwen3.eps());
    assertEquals(500_000, qwen3.rotary().theta());
    assertArrayEquals(new int[] {24, 20, 20}, counts(qwen3.rotary().axes()));
    DecoderShape llama = DecoderShape.of(config("{}"), config("{}"), "llama");
    assertArrayEquals(new int[] {64}, counts(llama.rotary().axes()));
  }

  @Test
  void sectionsThatDoNotFitTheHeadAreRefused() {
    Config text = config("{\"rope_scaling\": {\"type\": \"mrope\", \"mrope_section\": [1, 2, 3]}}");
    ModelException refused =
        assertThrows(ModelException.class, () -> DecoderShape.of(text, text, "qwen2_5_vl_text"));
    assertTrue(refused.getMessage().contains("mrope_section [1, 2, 3]"), refused.getMessage());
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
