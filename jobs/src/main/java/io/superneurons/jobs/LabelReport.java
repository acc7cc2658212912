package io.superneurons.jobs;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.when;

import io.superneurons.neuron.SuperNeurons;
import io.superneurons.neuron.TaskSuperNeurons;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What label says of a run, on the terminal and in files beside the predictions.
 *
 * @param output the output folder
 * @param plan of the run
 * @param outcome of the run
 * @param drift of the Super Neurons, over the partition
 * @param accuracies by task, over the partition
 */
record LabelReport(
    OutputFolder output,
    RunPlan plan,
    ModelRun.Outcome outcome,
    DriftCheck drift,
    Map<String, TaskSummary.Accuracy> accuracies) {

  static LabelReport of(
      SparkSession spark,
      OutputFolder output,
      RunPlan plan,
      ModelRun.Outcome outcome,
      DriftCheck drift) {
    Map<String, TaskSummary.Accuracy> accuracies =
        outcome.all().rows() == 0 ? Map.of() : accuracies(spark, folder(output, plan));
    return new LabelReport(output, plan, outcome, drift, accuracies);
  }

  private static Path folder(OutputFolder output, RunPlan plan) {
    String partition = plan.earlier().partition();
    return partition.isEmpty() ? output.path() : new Path(output.path(), partition);
  }

  /** Of tasks with labelled rows. */
  private static Map<String, TaskSummary.Accuracy> accuracies(SparkSession spark, Path folder) {
    Map<String, TaskSummary.Accuracy> accuracies = new TreeMap<>();
    List<Row> tasks =
        spark
            .read()
            .parquet(folder.toString())
            .where("label is not null and prediction is not null")
            .groupBy("task")
            .agg(count("*"), avg(when(col("label").equalTo(col("prediction")), 1.0).otherwise(0.0)))
            .collectAsList();
    for (Row task : tasks) {
      accuracies.put(
          task.getString(0), new TaskSummary.Accuracy(task.getLong(1), task.getDouble(2)));
    }
    return accuracies;
  }

  /** Prints what the run came to. */
  void print(PrintStream out) {
    outcome.print("label", plan, out);
    out.printf("  predictions %s%n", folder(output, plan));
    outcome.all().labels().forEach((task, counts) -> printExits(out, task, counts.exits()));
    accuracies.forEach(
        (task, accuracy) ->
            out.printf(
                "  %s: %.3f of %,d labelled rows right%n",
                task, accuracy.share(), accuracy.rows()));
    drift.print(out);
  }

  /** How rows were decided, where that was not all alike. */
  private static void printExits(PrintStream out, String task, Map<String, Long> exits) {
    if (exits.size() > 1) {
      double rows = exits.values().stream().mapToLong(Long::longValue).sum();
      List<String> shares =
          exits.entrySet().stream()
              .map(exit -> "%s %.1f%%".formatted(exit.getKey(), 100 * exit.getValue() / rows))
              .toList();
      out.printf("  %s: decided by %s%n", task, String.join(", ", shares));
    }
  }

  /** Writes summary and drift; with a partition also there, so that each keeps its own. */
  void write(SuperNeurons superNeurons, ErrorBudget budget) throws IOException {
    List<TaskSummary> tasks = new ArrayList<>();
    for (TaskSuperNeurons task : superNeurons.tasks()) {
      LabelCounts counts = outcome.all().labels().get(task.task());
      if (counts != null) {
        TaskSummary.Accuracy accuracy =
            accuracies.getOrDefault(task.task(), TaskSummary.Accuracy.UNKNOWN);
        tasks.add(TaskSummary.of(task, counts, drift, accuracy));
      }
    }
    write(RunSummary.FILE_NAME, RunSummary.of("label", plan, outcome, budget, tasks).toJson());
    write(DriftCheck.FILE_NAME, drift.toJson());
  }

  private void write(String name, String text) throws IOException {
    output.write(name, text);
    String partition = plan.earlier().partition();
    if (!partition.isEmpty() && outcome.all().rows() + outcome.all().errorCount() > 0) {
      output.write(partition + "/" + name, text);
    }
  }
}
