package io.superneurons.jobs.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.jobs.OddParquet;
import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.neuron.chosen.ExitPoint;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Selection among layers of the vision tower and of the decoder, one ladder of exits. */
class SelectTowerTest {
  private static final String METADATA =
      """
      {"format": "superneurons-activations", "version": 1,
       "model": {"name": "tiny", "family": "llava", "fingerprint": "sha256:00"},
       "layers": 1, "tower_layers": 2, "sites": {"vision_mlp_post_mean": 2, "resid_post": 2},
       "attention_heads": 1, "dtype": "float32", "compute_dtype": "float32",
       "token": "last_prompt", "prompt": {"prompt_suffix": ""}, "image": {"processor": "x"},
       "rows": 24, "errors": 0}
      """;
  private static final String COLUMNS =
      "required binary id (STRING); required binary label (STRING);"
          + " required binary image (STRING); required binary v00_mlp_post_mean;"
          + " required binary v01_mlp_post_mean; required binary l00_resid_post;";
  private static final int ROWS = 24;

  private static SparkSession spark;
  @TempDir private static Path folder;
  @TempDir private Path results;

  @BeforeAll
  static void write() throws IOException {
    spark = Sessions.open("select in the tower");
    spark.conf().set("spark.sql.shuffle.partitions", "2");
    Files.writeString(folder.resolve("_superneurons.json"), METADATA);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(
          Map.of(
              "id",
              "r" + i,
              "image",
              i + ".png",
              "label",
              i % 2 == 0 ? "yes" : "no",
              "v00_mlp_post_mean",
              vector(i % 3, i % 4 / 2),
              "v01_mlp_post_mean",
              telling(i),
              "l00_resid_post",
              telling(i)));
    }
    OddParquet.write(folder.resolve("part-0.parquet"), COLUMNS, rows);
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  /** The decoder's layer tells the label as well, but later. */
  @Test
  void theTowersLayersComeBeforeTheDecoders() throws IOException {
    TaskSuperNeurons task = select("all", "--top-k", "1");
    assertEquals(ModelLayer.ofTower(1), task.exitLayer());
    Neuron chosen = task.neurons().get(0).neuron();
    assertEquals(new Neuron(1, Site.VISION_MLP_POST_MEAN, 0), chosen);
    List<ExitPoint> plan = task.chosen().exitPlan();
    assertEquals(
        List.of(ModelLayer.ofTower(0), ModelLayer.ofTower(1), ModelLayer.ofDecoder(0)),
        plan.stream().map(ExitPoint::exitLayer).toList());
    assertTrue(plan.get(0).score() < 1);
    assertEquals(1, plan.get(1).score());
    assertEquals(1, plan.get(2).score());
    assertTrue(text("all").contains("\"exit_part\" : \"tower\""), text("all"));
  }

  @Test
  void theDeepestLayerMayBeOneOfTheTowers() throws IOException {
    assertEquals(ModelLayer.ofTower(0), select("max", "--max-layer", "v0").exitLayer());
  }

  @Test
  void sitesAreNamedWithTheirPoolingOrWithoutIt() throws IOException {
    for (String name : List.of("vision_mlp_post", "vision_mlp_post_mean")) {
      TaskSuperNeurons task = select(name, "--sites", name);
      assertEquals(ModelLayer.ofTower(1), task.exitLayer());
      assertEquals(2, task.chosen().exitPlan().size());
    }
    Exception e =
        assertThrows(
            ConfigurationException.class, () -> select("none", "--sites", "vision_attn_z_max"));
    assertTrue(
        e.getMessage()
            .endsWith(
                "has only [vision_mlp_post_mean, resid_post]; extract with --sites vision_attn_z"),
        e.getMessage());
  }

  /** Readers of earlier versions know no such key. */
  @Test
  void ofTheDecoderAloneTheFileNamesNoPart() throws IOException {
    assertEquals(ModelLayer.ofDecoder(0), select("decoder", "--sites", "resid_post").exitLayer());
    assertFalse(text("decoder").contains("exit_part"), text("decoder"));
  }

  /** Neurons that tell nothing may vote too, so that every layer has a choice. */
  private TaskSuperNeurons select(String output, String... options) throws IOException {
    String[] all =
        Stream.concat(Stream.of(options), Stream.of("--max-q", "1")).toArray(String[]::new);
    SelectFixture.select(spark, folder, results.resolve(output), all);
    return SelectFixture.task(SelectFixture.read(results.resolve(output)), "default");
  }

  private String text(String output) throws IOException {
    return Files.readString(results.resolve(output).resolve(SuperNeurons.FILE_NAME));
  }

  /** The first neuron tells the label; the second tells nothing, but is not constant. */
  private static byte[] telling(int row) {
    return vector(row % 2 == 0 ? row + 1 : -row, row % 3);
  }

  private static byte[] vector(float first, float second) {
    return ByteBuffer.allocate(2 * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(first)
        .putFloat(second)
        .array();
  }
}
