package io.superneurons.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.jobs.FewShufflePartitions;
import io.superneurons.jobs.ModelJobs;
import io.superneurons.jobs.NightlyCorpus;
import io.superneurons.jobs.Printed;
import io.superneurons.jobs.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Label's drift check and the summary of its tasks. */
@ExtendWith(FewShufflePartitions.class)
class DriftCheckTest {
  @TempDir private Path folder;
  private NightlyCorpus corpus;

  @BeforeEach
  void corpus() throws IOException {
    corpus = NightlyCorpus.in(folder);
  }

  @Test
  void driftIsOfTheRowsWhateverTheirPartition() throws IOException {
    List<Double> values = new ArrayList<>();
    Path manifest = manifest(36);
    assertEquals(0, corpus.extract(manifest));
    for (Row row : corpus.rows("act")) {
      values.add((double) ModelJobs.vector(row, NightlyCorpus.COLUMN)[NightlyCorpus.NEURON]);
    }
    assertEquals(36, values.size());
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double deviation =
        Math.sqrt(
            values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow());
    probed(mean - 2 * deviation, deviation);
    String input = manifest.toString();
    assertEquals(0, corpus.label("one", input, "--drift-fail", "3"), "it only warns");
    String few = told("many", input, "--limit", "11", "--drift-fail", "0");
    assertTrue(few.contains("of 11 rows: too few rows to tell"), few);
    assertTrue(few.contains("  page     file:" + folder.resolve("many/_report.html")), few);
    assertEquals(
        "few_rows",
        corpus.json("many", DriftCheck.FILE_NAME).get("tasks").get(0).get("verdict").asText());
    probed(mean - 100 * deviation, deviation);
    assertTrue(told("far", input, "--limit", "2", "--drift-fail", "0").contains("of 2 rows: warn"));
    probed(mean - 2 * deviation, deviation);
    String[] rest = {"--resume", "--drift-fail", "1.9", "--partitions", "7"};
    assertEquals(3, corpus.label("many", input, rest), "over the rows of both runs");
    JsonNode task = corpus.json("one", DriftCheck.FILE_NAME).get("tasks").get(0);
    assertEquals("warn", task.get("verdict").asText());
    assertEquals(2, task.get("worst_drift").asDouble(), 1e-6);
    JsonNode neuron = task.get("neurons").get(0);
    assertEquals(mean, neuron.get("seen").get("mean").asDouble(), 1e-9);
    assertEquals(deviation, neuron.get("seen").get("deviation").asDouble(), 1e-9);
    assertEquals(2, neuron.get("shift").asDouble(), 1e-6);
    assertEquals(1, neuron.get("deviation_ratio").asDouble(), 1e-6);
    long fired = values.stream().filter(value -> value > 0).count();
    assertEquals(fired / 36.0, neuron.get("seen").get("firing_rates").get(1).asDouble(), 1e-12);
    JsonNode other = corpus.json("many", DriftCheck.FILE_NAME).get("tasks").get(0);
    assertEquals("fail", other.get("verdict").asText());
    assertEquals(neuron, other.get("neurons").get(0), "to the last bit");
    assertEquals(36, corpus.rows("many").size(), "all rows are kept");
    assertTrue(Files.exists(folder.resolve("many/_SUCCESS")));
    JsonNode summary = corpus.json("many", RunSummary.FILE_NAME).get("tasks").get(0);
    assertEquals("fail", summary.get("drift").get("verdict").asText());
    assertEquals(36, summary.get("rows").asInt());
    assertEquals(fired, summary.get("labels").get("yes").asInt());
    assertEquals(30, summary.get("probing_labels").get("no").asInt());
    assertEquals("super_neurons", summary.get("exits").get(0).get("source").asText());
    assertEquals(0, summary.get("exits").get(0).get("exit_layer").asInt());
    assertEquals(1, summary.get("exits").get(0).get("share").asDouble());
  }

  @Test
  void withoutProfilesThereIsNoDriftToCheck() throws IOException {
    String images = corpus.images().toString();
    assertEquals(0, corpus.label("out", images, "--drift-fail", "0"));
    assertEquals(0, corpus.json("out", DriftCheck.FILE_NAME).get("tasks").size());
    assertEquals(2, corpus.label("other", images, "--drift-warn", "-1"));
    assertFalse(Files.exists(folder.resolve("other")), "before any work");
  }

  /** What a run prints that goes well. */
  private String told(String output, String input, String... more) {
    Printed printed = Printed.onOutput(() -> corpus.label(output, input, more));
    assertEquals(0, printed.exitCode());
    return printed.said();
  }

  /** Rows with questions of their own, on three images. */
  private Path manifest(int rows) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "{\"id\": \"row%02d\", \"image\": \"images/%d.png\", \"question\": \"Is it %d?\"}",
              i,
              i % 3,
              i));
    }
    return Files.write(folder.resolve("manifest.jsonl"), lines);
  }

  private void probed(double mean, double deviation) throws IOException {
    corpus.superNeurons(
        """
        "probing_labels": {"no": 30, "yes": 10},\
        """,
        String.format(
            Locale.ROOT,
            """
        , "mean": %s, "deviation": %s, "firing_rates": [0.75, 0.25]\
        """,
            mean,
            deviation));
  }
}
