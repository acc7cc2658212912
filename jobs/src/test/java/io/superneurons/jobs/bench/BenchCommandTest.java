package io.superneurons.jobs.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.activation.Float16;
import io.superneurons.activation.Site;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.jobs.bench.shape.PublishedShape;
import io.superneurons.jobs.bench.shape.RandomCheckpoint;
import io.superneurons.jobs.bench.shape.StoredType;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.model.ModelDescription;
import io.superneurons.model.weights.ComputeType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BenchCommandTest {
  @TempDir private Path folder;

  @Test
  void theResultHasEveryPassAndEveryRatio() throws IOException {
    Path output = folder.resolve("bench.json");
    assertEquals(0, bench("--output", output.toString(), "--questions", "3", "--layers", "2"));
    JsonNode json = new ObjectMapper().readTree(output.toFile());
    assertEquals("superneurons-bench", json.path("format").asText());
    assertEquals(2, json.at("/checkpoint/layers").asInt());
    assertTrue(json.path("positions").asInt() > 16, "an image of 16 tokens and a question");
    Set<String> passes = new TreeSet<>();
    for (JsonNode measurement : json.path("measurements")) {
      passes.add(measurement.path("pass").asText() + " " + measurement.path("questions").asInt());
      assertTrue(measurement.path("min").asDouble() > 0);
      assertTrue(measurement.path("median").asDouble() >= measurement.path("min").asDouble());
      assertTrue(measurement.path("max").asDouble() >= measurement.path("median").asDouble());
    }
    assertEquals(
        Set.of(
            "prepare 1",
            "vision_tower 1",
            "label 1",
            "label 3",
            "label_sites 1",
            "label_sites 3",
            "first_token 1",
            "first_token 3",
            "answer 1",
            "answer 3",
            "extract 1",
            "extract 3"),
        passes);
    assertEquals(5, json.path("ratios").size());
    json.path("ratios").forEach(ratio -> assertTrue(ratio.asDouble() > 0));
    assertEquals(10, json.path("all_layers").size(), "one layer was not written");
    assertTrue(json.at("/open_seconds/engine_label").asDouble() > 0);
    assertTrue(json.at("/memory/label").has("anonymous_bytes"));
  }

  @Test
  void passesMayBeLeftOut() throws IOException {
    Path output = folder.resolve("bench.json");
    String passesGiven = "first-token,prepare,cascade,answer";
    assertEquals(0, bench("--output", output.toString(), "--passes", passesGiven, "--images", "2"));
    JsonNode json = new ObjectMapper().readTree(output.toFile());
    List<String> inOrder = List.of("prepare", "first_token", "answer", "cascade");
    assertEquals(inOrder, texts(json.at("/plan/passes")));
    assertEquals(2, json.at("/plan/images").asInt());
    Set<String> passes = new TreeSet<>();
    json.path("measurements").forEach(m -> passes.add(m.path("pass").asText()));
    assertEquals(Set.copyOf(inOrder), passes);
    assertTrue(json.at("/ratios/cascade_over_answer").asDouble() > 0);
    assertFalse(json.at("/open_seconds").has("engine_label"));
    assertTrue(json.at("/open_seconds/engine_whole").asDouble() > 0);
    assertTrue(json.at("/memory/whole_opened").has("anonymous_bytes"));
  }

  /** The tiny shape's tower runs two of its layers, and has no class token. */
  @Test
  void labellingMayEndInTheTower() throws IOException {
    Path output = folder.resolve("bench.json");
    String passes = "vision-tower,label-tower,extract,extract-tower";
    assertEquals(
        0,
        bench(
            "--output",
            output.toString(),
            "--passes",
            passes,
            "--exit-tower-layer",
            "1",
            "--tower-neurons",
            "vision_attn_z_grid:3,vision_mlp_post_max:2",
            "--questions",
            "2"));
    JsonNode json = new ObjectMapper().readTree(output.toFile());
    assertEquals(1, json.at("/plan/exit_tower_layer").asInt());
    assertEquals(3, json.at("/plan/tower_neurons/counts/vision_attn_z_grid").asInt());
    Set<String> measured = new TreeSet<>();
    for (JsonNode measurement : json.path("measurements")) {
      assertTrue(measurement.path("min").asDouble() > 0);
      measured.add(measurement.path("pass").asText() + " " + measurement.path("questions").asInt());
    }
    assertEquals(
        Set.of(
            "vision_tower 1",
            "label_tower 1",
            "extract 1",
            "extract 2",
            "extract_tower 1",
            "extract_tower 2"),
        measured);
    Set<String> ratios = new TreeSet<>();
    json.path("ratios").fieldNames().forEachRemaining(ratios::add);
    assertEquals(
        Set.of(
            "label_tower_over_vision_tower",
            "extract_tower_over_extract",
            "extract_tower_over_extract_shared"),
        ratios);
    assertTrue(json.at("/open_seconds/engine_label_tower").asDouble() > 0);
    assertFalse(json.at("/open_seconds").has("engine_label"));
  }

  @Test
  void aFileMayBeAskedAbout() throws IOException {
    Path image = folder.resolve("image");
    ImageIO.write(new BufferedImage(31, 17, BufferedImage.TYPE_INT_RGB), "jpeg", image.toFile());
    Path output = folder.resolve("bench.json");
    assertEquals(
        0,
        bench("--output", output.toString(), "--passes", "prepare", "--image", image.toString()));
    JsonNode json = new ObjectMapper().readTree(output.toFile());
    assertEquals("JPEG", json.at("/plan/image_format").asText());
    assertEquals(31, json.at("/plan/image/width").asInt());
  }

  @Test
  void anExistingResultIsRefusedUnlessToldToOverwrite() throws IOException {
    Path output = Files.createFile(folder.resolve("bench.json"));
    assertEquals(2, bench("--output", output.toString()));
    assertEquals(0, bench("--output", output.toString(), "--overwrite"));
    assertTrue(Files.size(output) > 0);
  }

  @Test
  void whatCannotRunIsAUsageError() throws IOException {
    assertEquals(2, JobMain.run(new BenchCommand(), "--shape", "llava-1.5-8b"));
    assertEquals(2, bench("--layers", "99"));
    assertEquals(2, bench("--layers", "1", "--exit-layer", "1"));
    assertEquals(2, bench("--image-size", "640"));
    assertEquals(2, bench("--image", folder.resolve("none.png").toString()));
    assertEquals(2, bench("--neurons", "attn_z"));
    assertEquals(2, bench("--neurons", "attention:8"));
    assertEquals(2, bench("--neurons", "mlp_post:0"));
    assertEquals(2, bench("--neurons", "mlp_post:81"));
    assertEquals(2, bench("--neurons", "vision_mlp_post_mean:8"));
    assertEquals(2, bench("--tower-neurons", "mlp_post:8"));
    assertEquals(2, bench("--tower-neurons", "vision_mlp_post_mean:999"));
    assertEquals(2, bench("--exit-tower-layer", "99"));
    assertEquals(2, bench("--repetitions", "0"));
    assertEquals(2, bench("--images", "0"));
    assertEquals(2, bench("--passes", "second-token"));
    Files.createFile(folder.resolve("something else"));
    assertEquals(2, bench("--folder", folder.toString()));
    Files.writeString(
        folder.resolve("_bench.json"), "{\"shape\":\"TINY\",\"layers\":2,\"seed\":1}");
    assertEquals(2, bench("--folder", folder.toString()));
  }

  @Test
  void aCheckpointIsTheSameForTheSameSeedAndIsKept() throws IOException {
    RandomCheckpoint checkpoint =
        new RandomCheckpoint(PublishedShape.TINY, 2, StoredType.BFLOAT16, 7);
    checkpoint.writeTo(folder.resolve("one"));
    checkpoint.writeTo(folder.resolve("two"));
    new RandomCheckpoint(PublishedShape.TINY, 2, StoredType.BFLOAT16, 8)
        .writeTo(folder.resolve("other"));
    byte[] weights = weights("one");
    assertArrayEquals(weights, weights("two"));
    assertFalse(Arrays.equals(weights, weights("other")));
    FileTime written = Files.getLastModifiedTime(folder.resolve("one/model.safetensors"));
    checkpoint.writeTo(folder.resolve("one"));
    assertEquals(written, Files.getLastModifiedTime(folder.resolve("one/model.safetensors")));
    assertEquals(
        80,
        ModelDescription.of(Checkpoint.open(folder.resolve("one")))
            .layout()
            .widths()
            .usual(Site.MLP_POST));
  }

  /** Both types hold the same numbers, so the nearest values of both are near each other. */
  @Test
  void aCheckpointMayBeOfFloat16() throws IOException {
    for (StoredType type : StoredType.values()) {
      new RandomCheckpoint(PublishedShape.TINY, 2, type, 7).writeTo(folder.resolve(type.label()));
    }
    Checkpoint half = Checkpoint.open(folder.resolve("float16"));
    assertEquals(ComputeType.FLOAT16, ComputeType.stored(half));
    assertEquals("float16", half.config().requireString("torch_dtype"));
    ShortBuffer bits = lastNumbers("float16", half.parameterCount());
    ShortBuffer nearby = lastNumbers("bfloat16", half.parameterCount());
    while (bits.hasRemaining()) {
      float value = Float16.toFloat(bits.get());
      assertEquals(Float.intBitsToFloat(nearby.get() << Short.SIZE), value, Math.abs(value) / 200);
    }
  }

  private ShortBuffer lastNumbers(String name, long count) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(weights(name)).order(ByteOrder.LITTLE_ENDIAN);
    return file.position(file.limit() - (int) count * Short.BYTES)
        .slice()
        .order(file.order())
        .asShortBuffer();
  }

  @ParameterizedTest
  @EnumSource(PublishedShape.class)
  void publishedSizesAreThoseOfTheirNames(PublishedShape shape) {
    int layers = RandomCheckpoint.publishedLayers(shape);
    long parameters = new RandomCheckpoint(shape, layers, StoredType.BFLOAT16, 1).bytes() / 2;
    long expected =
        switch (shape) {
          case LLAVA_1_5_7B -> 7_063_427_072L;
          case QWEN3_VL_2B -> 2_127_532_032L;
          case SMOLVLM_500M -> 507_482_304L;
          case QWEN3_5_2B -> 2_213_241_664L;
          case GEMMA_3_4B -> 4_300_079_472L;
          case INTERNVL3_2B -> 1_855_986_176L;
          case TINY -> parameters;
        };
    assertEquals(expected, parameters);
  }

  private byte[] weights(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name).resolve("model.safetensors"));
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  private static int bench(String... more) {
    String[] fixed = {
      "--shape", "tiny", "--python", "none", "--repetitions", "2", "--image-size", "40x30"
    };
    String[] args = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, args, fixed.length, more.length);
    return JobMain.run(new BenchCommand(), args);
  }
}
