package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the driver checks before any work, on the checkpoints that docs/models.md names: whole and
 * cut off, without their tokenizers.
 */
class PublishedCheckpointsTest {
  @TempDir private Path folder;

  static List<PublishedFolder> published() {
    return PublishedFolder.all();
  }

  @ParameterizedTest
  @MethodSource("published")
  void itsTensorsAreThoseThatAreAskedFor(PublishedFolder published) throws IOException {
    Checkpoint checkpoint =
        Checkpoint.open(published.writeTo(folder.resolve("whole"), published.config()));
    RgbImage image = RgbImage.filled(new ImageSize(480, 640), RgbColor.BLACK);
    for (Depth depth : List.of(Depth.full(), Depth.upTo(0))) {
      ModelOptions options =
          ModelOptions.whole(ComputeType.stored(checkpoint), "cpu").withDepth(depth);
      try (VisionLanguageModel model = VisionLanguageModel.open(checkpoint, options)) {
        assertEquals(published.config().path("model_type").asText(), model.description().family());
        assertTrue(model.prepare(image).features() > 0);
      }
    }
  }

  @Test
  void theDocumentationNamesEachOfThem() throws IOException {
    String page = Files.readString(Path.of("../docs/models.md"));
    for (PublishedFolder published : published()) {
      String name = published.name().substring(published.name().indexOf('/') + 1);
      assertTrue(page.contains(name), name);
    }
  }

  /** What people try next, and is refused: by which words. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Qwen2.5-VL-7B-Instruct-AWQ | quantization_config | {\"quant_method\": \"awq\"} | 'awq' is"
            + " not read; FP8 is",
        "Qwen2-VL-7B-Instruct-GPTQ | quantization_config | {\"quant_method\": \"gptq\"} | 'gptq' is"
            + " not read; FP8 is",
        "a bitsandbytes copy | quantization_config | {\"quant_method\": \"bitsandbytes\"} |"
            + " 'bitsandbytes' is not read",
        "gemma-3n-E2B-it | model_type | \"gemma3n\" | model_type 'gemma3n' is not supported; these"
            + " are",
      })
  void whatIsNotRunIsRefusedByName(String what, String key, String value, String words)
      throws IOException {
    PublishedFolder published =
        published().stream()
            .filter(p -> p.name().endsWith("Qwen2-VL-2B-Instruct"))
            .findFirst()
            .orElseThrow();
    ObjectNode config = published.config();
    config.set(key, new ObjectMapper().readTree(value));
    Checkpoint checkpoint = Checkpoint.open(published.writeTo(folder.resolve("refused"), config));
    ModelException refused =
        assertThrows(ModelException.class, () -> ModelDescription.of(checkpoint), what);
    assertTrue(refused.getMessage().contains(words), refused.getMessage());
  }
}
