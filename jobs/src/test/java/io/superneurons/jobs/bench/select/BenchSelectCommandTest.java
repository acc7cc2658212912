package io.superneurons.jobs.bench.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.jobs.cli.JobMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchSelectCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void sparkRunsHere() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.sql.shuffle.partitions", "4");
  }

  @Test
  void plantedNeuronsComeBackAndNothingElseDoes() throws IOException {
    JsonNode json = result("planted");
    assertEquals("superneurons-bench-select", json.path("format").asText());
    assertEquals(6, json.at("/found/planted").asInt());
    assertEquals(6, json.at("/found/significant").asInt());
    assertTrue(json.at("/found/others_significant").asInt() <= 1, json.toString());
    int selected = json.at("/found/selected").asInt();
    assertTrue(selected > 0 && selected <= json.at("/found/voting").asInt(), json.toString());
    assertTrue(selected <= json.at("/found/within_exit").asInt(), json.toString());
    assertTrue(json.at("/phases/" + SelectBenchResult.SCAN).asDouble() > 0, json.toString());
    assertTrue(json.path("select_seconds").asDouble() > 0);
    assertTrue(json.path("numpy").isNull());
  }

  @Test
  void shuffledLabelsFindNothing() throws IOException {
    JsonNode json = result("shuffled");
    assertEquals(0, json.at("/found/significant").asInt());
    assertEquals(0, json.at("/found/others_significant").asInt());
  }

  @Test
  void aSeedMakesTheSameFiles() throws IOException {
    SelectBenchPlan plan =
        new SelectBenchPlan(100, 256, 2, 2, 1, SelectBenchPlan.Labels.PLANTED, 5);
    PlantedActivations.write(plan, folder.resolve("one"));
    PlantedActivations.write(plan, folder.resolve("two"));
    assertEquals(-1, mismatch("one", "two"));
  }

  @Test
  void whatCannotRunIsAUsageError() throws IOException {
    assertEquals(2, bench("--rows", "10"));
    assertEquals(2, bench("--neurons", "100"));
    assertEquals(2, bench("--planted", "1000"));
    assertEquals(2, bench("--labels", "none"));
    assertEquals(2, bench("--folder", folder.toString()));
    Path output = Files.createFile(folder.resolve("bench.json"));
    assertEquals(2, bench("--output", output.toString()));
  }

  private JsonNode result(String labels) throws IOException {
    Path output = folder.resolve("bench.json");
    Path work = folder.resolve("work");
    assertEquals(
        0, bench("--labels", labels, "--output", output.toString(), "--folder", work.toString()));
    assertTrue(Files.exists(work.resolve("activations")));
    assertFalse(Files.exists(work.resolve("numpy_select.py")));
    return new ObjectMapper().readTree(output.toFile());
  }

  private long mismatch(String one, String other) throws IOException {
    String file = "part-00000.parquet";
    return Files.mismatch(folder.resolve(one).resolve(file), folder.resolve(other).resolve(file));
  }

  private static int bench(String... more) {
    String[] fixed = {
      "--rows",
      "2000",
      "--neurons",
      "512",
      "--layers",
      "2",
      "--tasks",
      "2",
      "--planted",
      "3",
      "--python",
      "none"
    };
    String[] args = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, args, fixed.length, more.length);
    return JobMain.run(new BenchSelectCommand(), args);
  }
}
