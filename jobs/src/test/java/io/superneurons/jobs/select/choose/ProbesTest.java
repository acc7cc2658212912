package io.superneurons.jobs.select.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.select.scan.PlacedTask;
import io.superneurons.jobs.select.scan.ProbeRequest;
import io.superneurons.jobs.select.scan.ProbeRows;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.Scheme;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The linear probe against scikit-learn's, see {@code linear_probe_expected.py}. */
class ProbesTest {
  private static final LayerSite COLUMN = new LayerSite(1, Site.RESID_POST);

  private static final Scheme SCHEME =
      new Scheme(Optional.of(ChosenOn.VALIDATION), FittedOn.PROBE, 0);

  @TempDir Path folder;

  @Test
  void theProbeIsRidgeRegressionOnTheLayerThatValidationChose() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    try (SparkSession spark = Sessions.open("probe test");
        InputStream file = ProbesTest.class.getResourceAsStream("/select/linear-probe.json")) {
      Path output = folder.resolve("selection");
      SelectFixture.select(
          spark,
          SelectFixture.activations(),
          output,
          "--choose-on",
          "validation",
          "--fit-on",
          "probe",
          "--tasks",
          "dog,land");
      JsonNode expected = new ObjectMapper().readTree(file);
      for (String task : List.of("dog", "land")) {
        Dataset<Row> rows =
            spark
                .read()
                .parquet(output.resolve("evaluations").toString())
                .where("method = 'linear_probe' and metric = 'accuracy' and task = '" + task + "'");
        JsonNode accuracy = expected.get(task).get("accuracy");
        assertEquals(accuracy.size(), rows.count());
        for (Row row : rows.collectAsList()) {
          double value = accuracy.get(row.<String>getAs("set")).asDouble();
          assertEquals(value, row.<Double>getAs("value"), 1e-12, row.toString());
          assertEquals(expected.get(task).get("layer").asInt(), row.<Integer>getAs("exit_layer"));
        }
      }
    }
  }

  @Test
  void requestsHoldNoMoreThanTheyMay() {
    ScanPlan work = work(64, 1000, 4096);
    List<Integer> tasks = IntStream.range(0, 64).boxed().toList();
    for (ProbeRows rows : ProbeRows.values()) {
      for (long bytes : new long[] {128 << 20, 512 << 20}) {
        List<Integer> planned = new ArrayList<>();
        for (ProbeRequest request : ProbeRequest.plan(work, COLUMN, tasks, rows, bytes, 2)) {
          long held = 0;
          long fitting = 0;
          for (int task : request.tasks()) {
            TaskPlan plan = work.plan(task);
            held += rows.bytesHeld(plan, StoreDType.FLOAT16, 4096);
            fitting = Math.max(fitting, rows.bytesOfFit(plan, 4096));
            planned.add(task);
          }
          assertTrue(held + fitting < bytes, request.tasks().length + " tasks");
        }
        assertEquals(tasks, planned);
      }
      assertEquals(List.of(), ProbeRequest.plan(work, COLUMN, tasks, rows, 8 << 20, 2));
    }
  }

  @Test
  void largeTasksAreFittedOnSomeOfTheirRows() {
    TaskPlan plan = work(1, 100_000, 8).plan(0);
    int[] chosen = ProbeRows.CHOOSING.trials(plan)[0].fit();
    int[] kept = ProbeRows.KEPT.trials(plan)[0].fit();
    assertEquals(512, chosen.length);
    assertEquals(2048, kept.length);
    assertEquals(2048, Arrays.stream(kept).distinct().count());
    assertTrue(kept[2047] > 49_000 && kept[2047] < 50_000, "spread over all: " + kept[2047]);
  }

  private static ScanPlan work(int tasks, int rows, int width) {
    ActivationsMetadata metadata =
        new ActivationsMetadata(
            new ModelIdentity("m", "llava", "f"),
            ActivationLayout.ofAllLayers(2, Map.of(Site.RESID_POST, width)),
            0,
            StoreDType.FLOAT16,
            "float32",
            Map.of(),
            Map.of(),
            rows,
            0,
            Map.of(),
            Map.of(),
            null,
            null);
    int[] given = IntStream.range(0, rows).map(row -> row % 2).toArray();
    int[] sets = {0, rows / 2, rows, rows};
    TaskRows ofTask = TaskRows.ofDistinctImages("task", List.of("no", "yes"), given, sets);
    TaskPlan plan = TaskPlan.of(ofTask, Rule.tried(2), Metric.ACCURACY, SCHEME);
    List<PlacedTask> placed =
        IntStream.range(0, tasks).mapToObj(task -> new PlacedTask(plan, task * rows)).toList();
    return new ScanPlan(List.of(), tasks * rows, metadata, placed, 127);
  }
}
