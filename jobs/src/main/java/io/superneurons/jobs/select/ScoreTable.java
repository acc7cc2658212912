package io.superneurons.jobs.select;

import io.superneurons.activation.Neuron;
import io.superneurons.jobs.files.StagedOutput;
import io.superneurons.jobs.files.Staging;
import io.superneurons.jobs.parquet.ParquetRows;
import io.superneurons.jobs.results.ScoredNeuron;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.Shard;
import io.superneurons.jobs.select.scan.ShardScores;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.statistics.FalseDiscovery;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Writes the table of {@link ScoredNeuron}: one row per task and neuron, by the rule that was
 * chosen for the task. The false discovery rate counts all neurons; no rule matters to it. Spark
 * tasks write the scores that they hold: all that travels is distinct p-values and their q-values,
 * for as many tasks at once as memory allows.
 */
public final class ScoreTable {
  private static final double[] NONE = {};

  /** Bytes of a p-value, how often it occurs and its q-value: once for its shard, once for all. */
  private static final long PLACE_BYTES = 2L * (2 * Double.BYTES + Long.BYTES);

  /** All files are committed together. */
  private static final int WAVE = 0;

  /** Files are not made smaller than this. */
  private static final long ROWS_PER_FILE = 500_000;

  /**
   * What the table of scores says of a task besides its neurons' scores.
   *
   * @param index of the task
   * @param name of the task
   * @param labels in the order of label indexes
   * @param rule the one that was chosen; only its scores are written
   * @param selected the Super Neurons
   * @param discovery q-values over all neurons
   */
  private record ScoredTask(
      int index,
      String name,
      List<String> labels,
      String rule,
      Set<Neuron> selected,
      FalseDiscovery discovery)
      implements Serializable {
    static ScoredTask of(int index, TaskSuperNeurons chosen, FalseDiscovery discovery) {
      return new ScoredTask(
          index,
          chosen.task(),
          chosen.labels(),
          chosen.rule().label(),
          chosen.neurons().stream().map(SuperNeuron::neuron).collect(Collectors.toSet()),
          discovery);
    }
  }

  /** Tasks whose scores are written together; broadcast to the Spark tasks that write. */
  public record ScoredTasks(List<ScoredTask> tasks) implements Serializable {
    public ScoredTasks {
      tasks = List.copyOf(tasks);
    }
  }

  private final JavaSparkContext context;
  private final JavaRDD<ShardScores> scores;
  private final ScanPlan work;
  private final String folder;
  private final String run = Long.toString(System.nanoTime() & Long.MAX_VALUE, 36);

  /**
   * A table.
   *
   * @param scores of all shards
   * @param output folder of the selection; it must not hold the table yet
   */
  ScoreTable(JavaSparkContext context, JavaRDD<ShardScores> scores, ScanPlan work, String output) {
    this.context = context;
    this.scores = scores;
    this.work = work;
    this.folder = output + "/" + ScoredNeuron.SCHEMA.name();
  }

  /**
   * Writes the table.
   *
   * @param chosen one entry per task; nothing where none of its neurons can be selected
   * @param neurons how many were scored
   * @param bytes memory for p-values
   */
  void write(List<Optional<TaskSuperNeurons>> chosen, long neurons, long bytes) throws IOException {
    int[] tasks =
        IntStream.range(0, chosen.size()).filter(t -> chosen.get(t).isPresent()).toArray();
    int together = together(tasks, neurons, bytes);
    Configuration conf = context.hadoopConfiguration();
    Staging staging = StagedOutput.begin(conf, new Path(folder), run, WAVE);
    try {
      int files = 0;
      for (int from = 0; from < tasks.length; from += together) {
        int[] some = Arrays.copyOfRange(tasks, from, Math.min(tasks.length, from + together));
        files += write(scoredTasks(some, chosen), neurons, staging, files);
      }
      StagedOutput.commitAll(conf, staging);
    } catch (IOException | RuntimeException e) {
      StagedOutput.abortAll(conf, staging);
      throw e;
    }
  }

  /** How many tasks' p-values fit, if no two neurons shared one. */
  private int together(int[] tasks, long neurons, long bytes) {
    return (int) Math.max(1, Math.min(tasks.length, bytes / (neurons * PLACE_BYTES)));
  }

  private ScoredTasks scoredTasks(int[] tasks, List<Optional<TaskSuperNeurons>> chosen) {
    List<ShardPValues> shards = scores.map(shard -> ShardPValues.of(shard, tasks)).collect();
    List<ScoredTask> scored = new ArrayList<>();
    for (int place = 0; place < tasks.length; place++) {
      TaskSuperNeurons task = chosen.get(tasks[place]).orElseThrow();
      FalseDiscovery discovery = ShardPValues.discovery(shards, place);
      scored.add(ScoredTask.of(tasks[place], task, discovery));
    }
    return new ScoredTasks(scored);
  }

  /** Returns how many files there are. */
  private int write(ScoredTasks tasks, long neurons, Staging staging, int first) {
    long rows = neurons * tasks.tasks().size();
    int files = (int) Math.max(context.defaultParallelism(), rows / ROWS_PER_FILE);
    Broadcast<ScoredTasks> shared = context.broadcast(tasks);
    JavaRDD<ShardScores> shards = scores.coalesce(files);
    shards
        .mapPartitionsWithIndex(
            (part, some) -> writeFile(some, shared.value(), staging, first + part), true)
        .collect();
    int written = shards.getNumPartitions();
    shared.destroy();
    return written;
  }

  /** Runs within a Spark task. */
  private static Iterator<Integer> writeFile(
      Iterator<ShardScores> shards, ScoredTasks tasks, Staging staging, int file)
      throws IOException {
    Configuration conf = ScanPlan.hadoop();
    long attempt = TaskContext.get().taskAttemptId();
    StagedOutput output = StagedOutput.open(conf, staging, file, attempt);
    try {
      Path path = output.file(String.format(Locale.ROOT, "part-%05d.parquet", file));
      try (ParquetWriter<Object[]> rows = ParquetRows.openTable(conf, path, ScoredNeuron.SCHEMA)) {
        while (shards.hasNext()) {
          write(shards.next(), tasks, rows);
        }
      }
      output.commit();
      return Collections.emptyIterator();
    } catch (IOException | RuntimeException e) {
      output.abort();
      throw e;
    }
  }

  private static void write(ShardScores scores, ScoredTasks tasks, ParquetWriter<Object[]> rows)
      throws IOException {
    for (ScoredTask task : tasks.tasks()) {
      ShardScores.Task ofTask = scores.tasks().get(task.index());
      for (ShardScores.Column column : ofTask.columns()) {
        if (column.rule().equals(task.rule())) {
          for (int i = 0; i < scores.shard().size(); i++) {
            rows.write(row(scores.shard(), task, ofTask, column, i).values());
          }
        }
      }
    }
  }

  private static ScoredNeuron row(
      Shard shard, ScoredTask task, ShardScores.Task scores, ShardScores.Column c, int i) {
    int labels = task.labels().size();
    double threshold = c.threshold()[i];
    boolean selectable = c.polarity()[i] != 0;
    Neuron neuron = new Neuron(shard.column().layer(), shard.column().site(), shard.from() + i);
    return new ScoredNeuron(
        task.name(),
        neuron,
        c.rule(),
        c.detected()[i] < 0 ? Optional.empty() : Optional.of(task.labels().get(c.detected()[i])),
        selectable ? OptionalInt.of(c.polarity()[i]) : OptionalInt.empty(),
        selectable && !Double.isNaN(threshold) ? new double[] {threshold} : NONE,
        Arrays.copyOfRange(scores.means(), i * labels, (i + 1) * labels),
        c.probingScore()[i],
        c.auc()[i],
        c.validation()[i],
        scores.pValue()[i],
        task.discovery().qValue(scores.pValue()[i]),
        task.selected().contains(neuron));
  }
}
