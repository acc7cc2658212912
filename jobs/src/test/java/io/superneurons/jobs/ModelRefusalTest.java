package io.superneurons.jobs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.TensorInfo;
import io.superneurons.model.Fixture;
import io.superneurons.model.VisionLanguageModel;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checkpoints that cannot work are refused before any row; weights that give NaN cost their rows.
 */
class ModelRefusalTest {
  private static final String WEIGHTS = "model.safetensors";
  private static final String LAYER = "language_model.model.layers.1.mlp.down_proj.weight";

  @TempDir private Path folder;

  private Path checkpoint;
  private ModelJobs jobs;

  @BeforeEach
  void copy() throws IOException {
    Fixture fixture = Fixture.bundled("llava-hub");
    checkpoint = Files.createDirectories(folder.resolve("broken/checkpoint"));
    try (var files = Files.list(fixture.folder().resolve("checkpoint"))) {
      for (Path file : files.toList()) {
        Files.copy(file, checkpoint.resolve(file.getFileName()));
      }
    }
    jobs = new ModelJobs(fixture, checkpoint, folder);
  }

  @ParameterizedTest
  @CsvSource({
    // a tensor's name changed: it is missing
    "layers.1.mlp.down_proj.weight, layers.1.mlp.down_prox.weight, layers.1.mlp.down_proj.weight",
    // its shape turned round
    "'\"shape\":[32,40]', '\"shape\":[40,32]', layers.0.mlp.down_proj.weight",
  })
  void aTensorThatIsMissingOrOfAnotherShapeIsNamed(String text, String other, String named)
      throws IOException {
    replaceInHeader(text, other);
    RuntimeException refused = assertThrows(RuntimeException.class, this::open);
    assertTrue(refused.getMessage().contains(named), refused.getMessage());
    assertRefusedBeforeWork();
  }

  @Test
  void aFamilyThatIsNotKnownIsRefusedWithThoseThatAre() throws IOException {
    Path config = checkpoint.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceAll("\"model_type\": *\"llava\"", "\"model_type\": \"blip\""));
    RuntimeException refused = assertThrows(RuntimeException.class, this::open);
    List.of("'blip'", "llava", "llava_onevision", "qwen2_5_vl", "qwen3_vl", "idefics3", "smolvlm")
        .forEach(name -> assertTrue(refused.getMessage().contains(name), refused.getMessage()));
    assertRefusedBeforeWork();
  }

  @Test
  void aFileThatIsCutShortIsRefused() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(checkpoint.resolve(WEIGHTS).toFile(), "rw")) {
      file.setLength(file.length() - 4);
    }
    assertRefusedBeforeWork();
  }

  @Test
  void aTokenizerThatIsMissingIsRefused() throws IOException {
    Files.delete(checkpoint.resolve("tokenizer.json"));
    assertRefusedBeforeWork();
  }

  @Test
  void aPromptTemplateWithoutAnImageIsRefused() throws IOException {
    assertEquals(2, jobs.extract("out", "--prompt-template", "USER: {question}"));
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void whatAnEarlyExitDoesNotReadIsNotMissed() throws IOException {
    replaceInHeader("layers.1.mlp.down_proj.weight", "layers.1.mlp.down_prox.weight");
    assertEquals(0, jobs.extract("out", "--layers", "0"));
    assertEquals(0, jobs.metadata("out").errors());
  }

  @Test
  void aRowThatGivesNanIsAnErrorRow() throws IOException {
    TensorInfo tensor = Checkpoint.open(checkpoint).tensors().get(LAYER);
    try (RandomAccessFile file = new RandomAccessFile(tensor.file().toFile(), "rw")) {
      file.seek(tensor.offset());
      file.write(new byte[] {0, 0, (byte) 0xc0, 0x7f}); // NaN, little-endian float32
    }
    assertEquals(1, jobs.extract("out")); // not one row is done
    assertEquals(0, jobs.metadata("out").rows());
    Map<String, Row> errors = jobs.read("out/_errors");
    assertEquals(jobs.fixture().cases().size(), errors.size());
    for (Row row : errors.values()) {
      assertEquals("not_finite", row.getAs("error"));
      assertTrue(row.<String>getAs("detail").contains("layer 1 resid_post"), row.toString());
    }
    assertEquals(0, jobs.extract("shallow", "--layers", "0"));
    assertEquals(jobs.fixture().cases().size(), jobs.metadata("shallow").rows());
  }

  private void open() {
    ModelOptions options = ModelOptions.whole(ComputeType.FLOAT32, "cpu").withDepth(Depth.upTo(1));
    VisionLanguageModel.open(Checkpoint.open(checkpoint), options).close();
  }

  private void assertRefusedBeforeWork() throws IOException {
    assertEquals(2, jobs.extract("out"));
    assertFalse(Files.exists(folder.resolve("out")));
  }

  /** Replaces text of the header by as much other text. */
  private void replaceInHeader(String text, String other) throws IOException {
    Path file = checkpoint.resolve(WEIGHTS);
    byte[] bytes = Files.readAllBytes(file);
    byte[] from = text.getBytes(ISO_8859_1);
    int at = 0;
    while (!new String(bytes, at, from.length, ISO_8859_1).equals(text)) {
      at++;
    }
    System.arraycopy(other.getBytes(ISO_8859_1), 0, bytes, at, from.length);
    Files.write(file, bytes);
  }
}
