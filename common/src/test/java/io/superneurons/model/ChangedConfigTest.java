package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.RgbImage;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.weights.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other values in a fixture's configuration files change, and what they do not. */
class ChangedConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /** Each was seen to change nothing in transformers 5.23. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gemma3-hub | preprocessor_config.json | | {\"do_pan_and_scan\": true}",
        "llava_next-hub | preprocessor_config.json | | {\"do_resize\": false}",
        "llava_onevision-hub | preprocessor_config.json | | {\"do_resize\": false,"
            + " \"crop_size\": 24}",
        "internvl-hub | preprocessor_config.json | | {\"do_resize\": false}",
        "internvl_chat-hub | tokenizer_config.json | | {\"added_tokens_decoder\": null}",
        "qwen3_5-hub | config.json | vision_config | {\"deepstack_visual_indexes\": [0, 1]}",
        // within the trained length by positions, of which an image takes fewer than tokens
        "qwen2_vl-v5 | config.json | text_config | {\"max_position_embeddings\": 100,"
            + " \"rope_parameters\": {\"rope_type\": \"dynamic\", \"factor\": 2.0,"
            + " \"rope_theta\": 50000.0, \"mrope_section\": [2, 3, 3]}}",
        "llava-hub | config.json | text_config | {\"hidden_act\": \"swish\","
            + " \"partial_rotary_factor\": 0.5}",
      })
  void changesNothing(String name, String file, String part, String values) throws IOException {
    Fixture fixture = Fixture.bundled(name);
    Checkpoint changed = changed(fixture, file, part, values);
    try (VisionLanguageModel own = FixtureRows.open(fixture, TestDevice.exact());
        VisionLanguageModel other = VisionLanguageModel.open(changed, TestDevice.exact())) {
      for (Fixture.Case c : fixture.cases()) {
        RgbImage image = Fixture.decode(c.image());
        assertEquals(own.prepare(image).pixels(), other.prepare(image).pixels());
        RowInput row = FixtureRows.row(fixture, own, c);
        assertArrayEquals(own.logits(row), other.logits(row));
      }
    }
  }

  /** A tower's state before its last layer is what a tower without that layer ends with. */
  @Test
  void internVlReadsTheLayerThatIsAskedFor() throws IOException {
    Fixture fixture = Fixture.bundled("internvl-hub");
    Checkpoint before = changed(fixture, "config.json", null, "{\"vision_feature_layer\": -2}");
    Checkpoint shorter =
        changed(fixture, "config.json", "vision_config", "{\"num_hidden_layers\": 1}");
    try (VisionLanguageModel own = VisionLanguageModel.open(shorter, TestDevice.exact());
        VisionLanguageModel other = VisionLanguageModel.open(before, TestDevice.exact())) {
      RowInput row = FixtureRows.row(fixture, own, fixture.cases().get(0));
      assertArrayEquals(own.logits(row), other.logits(row));
    }
  }

  @Test
  void tilesThatAreCutAtAnotherSizeAreRefused() throws IOException {
    Checkpoint changed =
        changed(
            Fixture.bundled("llava_onevision-hub"),
            "preprocessor_config.json",
            null,
            "{\"crop_size\": {\"height\": 12, \"width\": 12}}");
    ModelException refused =
        assertThrows(
            ModelException.class, () -> VisionLanguageModel.open(changed, TestDevice.exact()));
    assertTrue(refused.getMessage().contains("crop_size 12 x 12"), refused.getMessage());
  }

  /**
   * A copy of the fixture's checkpoint.
   *
   * @param part of the file in which values are set; null for the whole
   */
  private Checkpoint changed(Fixture fixture, String file, String part, String values)
      throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    try (Stream<Path> files = Files.list(fixture.checkpoint().folder())) {
      for (Path each : files.toList()) {
        Files.copy(each, copy.resolve(each.getFileName()));
      }
    }
    JsonNode tree = JSON.readTree(copy.resolve(file).toFile());
    ((ObjectNode) (part == null ? tree : tree.get(part)))
        .setAll((ObjectNode) JSON.readTree(values));
    JSON.writeValue(copy.resolve(file).toFile(), tree);
    return Checkpoint.open(copy);
  }
}
