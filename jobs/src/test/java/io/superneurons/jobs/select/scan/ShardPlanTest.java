package io.superneurons.jobs.select.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.Scheme;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is planned to be held in memory, in bytes; nothing here is timed. */
class ShardPlanTest {
  private static final long BYTES = 64 << 20;

  @ParameterizedTest
  @CsvSource({"100, 1, 2", "10000, 1, 2", "500000, 1, 2", "10000, 500, 2", "10000, 1, 1000"})
  void noShardTakesMoreThanItMayWhateverTheRows(int rows, int tasks, int labels) {
    for (StoreDType dtype : StoreDType.values()) {
      ScanPlan work = work(rows, tasks, labels, dtype);
      List<LayerSite> columns = work.metadata().layout().columns();
      List<Shard> shards = ShardPlan.of(columns, work, BYTES, 2);
      for (Shard shard : shards) {
        long bytes = ShardMemory.of(work, shard.column()).bytes(shard.size());
        assertTrue(bytes <= BYTES, shard + " takes " + bytes);
        long values = (long) shard.size() * rows * dtype.bytes();
        assertTrue(bytes > values + ColumnChunk.BYTES, "its values and Parquet's pages are in");
      }
      assertEquals(everyNeuron(columns, work), neurons(shards));
    }
  }

  @Test
  void columnsAreCutToFillTheCores() {
    ScanPlan work = work(1000, 1, 2, StoreDType.FLOAT16);
    List<LayerSite> columns = work.metadata().layout().columns();
    int two = ShardPlan.of(columns, work, BYTES, 2).size();
    int sixteen = ShardPlan.of(columns, work, BYTES, 16).size();
    assertTrue(two >= 6, "shards for two cores: " + two);
    assertTrue(sixteen > two, "shards for sixteen cores: " + sixteen);
  }

  @Test
  void tooLittleMemoryIsRefusedBeforeWorkStarts() {
    ScanPlan work = work(500_000, 1, 2, StoreDType.FLOAT16);
    List<LayerSite> columns = work.metadata().layout().columns();
    Exception e =
        assertThrows(ConfigurationException.class, () -> ShardPlan.of(columns, work, 6 << 20, 2));
    assertTrue(e.getMessage().contains("--shard-memory of 6291456 bytes"), e.getMessage());
    assertTrue(e.getMessage().contains("layer 0 resid_post"), e.getMessage());
  }

  private static List<String> everyNeuron(List<LayerSite> columns, ScanPlan work) {
    List<String> all = new ArrayList<>();
    for (LayerSite column : columns) {
      int width = work.metadata().layout().width(column);
      IntStream.range(0, width).forEach(i -> all.add(column + " " + i));
    }
    Collections.sort(all);
    return all;
  }

  private static List<String> neurons(List<Shard> shards) {
    List<String> all = new ArrayList<>();
    for (Shard shard : shards) {
      IntStream.of(shard.indexes()).forEach(i -> all.add(shard.column() + " " + i));
    }
    Collections.sort(all);
    return all;
  }

  private static ScanPlan work(int rows, int tasks, int labels, StoreDType dtype) {
    ActivationsMetadata metadata =
        new ActivationsMetadata(
            new ModelIdentity("m", "llava", "f"),
            ActivationLayout.ofAllLayers(2, Map.of(Site.RESID_POST, 1000, Site.MLP_POST, 3001)),
            0,
            dtype,
            "float32",
            Map.of(),
            Map.of(),
            rows,
            0,
            Map.of(),
            Map.of(),
            null,
            null);
    List<PlacedTask> placed = new ArrayList<>();
    int each = rows / tasks;
    for (int task = 0; task < tasks; task++) {
      placed.add(new PlacedTask(plan(each, labels), task * each));
    }
    return new ScanPlan(List.of(), rows, metadata, placed, 127);
  }

  private static final Scheme SCHEME =
      new Scheme(Optional.of(ChosenOn.VALIDATION), FittedOn.PROBE, 0);

  private static TaskPlan plan(int rows, int labels) {
    int[] given = IntStream.range(0, rows).map(row -> row % labels).toArray();
    List<String> names = IntStream.range(0, labels).mapToObj(i -> "label " + i).toList();
    int[] setStarts = {0, rows / 2, rows, rows};
    TaskRows task = TaskRows.ofDistinctImages("task", names, given, setStarts);
    return TaskPlan.of(task, Rule.tried(labels), Metric.ACCURACY, SCHEME);
  }
}
