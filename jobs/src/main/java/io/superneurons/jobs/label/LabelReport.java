package io.superneurons.jobs.label;

import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.run.ErrorBudget;
import io.superneurons.jobs.run.Outcome;
import io.superneurons.jobs.run.RunPlan;
import io.superneurons.jobs.run.RunSummary;
import io.superneurons.jobs.run.TaskSummary;
import io.superneurons.jobs.wave.LabelCounts;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskProfile;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * What label says of a run, on the terminal and in files beside the predictions.
 *
 * @param output the output folder
 * @param plan of the run
 * @param outcome of the run
 * @param drift of the Super Neurons, over the partition
 */
record LabelReport(OutputFolder output, RunPlan plan, Outcome outcome, DriftCheck drift) {
  /**
   * Of rows that came with a label and got one.
   *
   * @param rows how many there are
   * @param share that got theirs; null if there are no such rows
   */
  private record Accuracy(long rows, Double share) {
    static Accuracy of(LabelCounts counts) {
      long rows = counts.labelled();
      return new Accuracy(rows, rows == 0 ? null : (double) counts.right() / rows);
    }
  }

  private static Path folder(OutputFolder output, RunPlan plan) {
    String partition = plan.earlier().partition();
    return partition.isEmpty() ? output.path() : new Path(output.path(), partition);
  }

  /** Prints what the run came to. */
  void print(PrintWriter out) {
    outcome.print("label", plan, out);
    out.printf("  predictions %s%n", folder(output, plan));
    outcome.all().labels().forEach((task, counts) -> printExits(out, task, counts.exits()));
    outcome.all().labels().forEach((task, counts) -> printAccuracy(out, task, Accuracy.of(counts)));
    drift.print(out);
  }

  /** How rows were decided, where that was not all alike. */
  private static void printExits(PrintWriter out, String task, Map<String, Long> exits) {
    if (exits.size() > 1) {
      double rows = exits.values().stream().mapToLong(Long::longValue).sum();
      List<String> shares =
          exits.entrySet().stream()
              .map(exit -> "%s %.1f%%".formatted(exit.getKey(), 100 * exit.getValue() / rows))
              .toList();
      out.printf("  %s: decided by %s%n", task, String.join(", ", shares));
    }
  }

  private static void printAccuracy(PrintWriter out, String task, Accuracy accuracy) {
    if (accuracy.rows() > 0) {
      out.printf(
          "  %s: %.3f of %,d labelled rows right%n", task, accuracy.share(), accuracy.rows());
    }
  }

  /** Writes summary and drift; with a partition also there, so that each keeps its own. */
  void write(SuperNeurons superNeurons, ErrorBudget budget) throws IOException {
    List<TaskSummary> tasks = new ArrayList<>();
    for (TaskSuperNeurons task : superNeurons.tasks()) {
      LabelCounts counts = outcome.all().labels().get(task.task());
      if (counts != null) {
        tasks.add(summary(task, counts));
      }
    }
    write(RunSummary.FILE_NAME, RunSummary.of("label", plan, outcome, budget, tasks).toJson());
    write(DriftCheck.FILE_NAME, drift.toJson());
  }

  private TaskSummary summary(TaskSuperNeurons task, LabelCounts counts) {
    Accuracy accuracy = Accuracy.of(counts);
    TaskProfile seen = counts.sums().profile();
    return new TaskSummary(
        task.task(),
        seen.rows(),
        seen.labels(),
        task.probing().map(TaskProfile::labels).orElse(null),
        exits(counts.exits(), seen.rows()),
        drift.summary(task.task()).orElse(null),
        accuracy.rows(),
        accuracy.share());
  }

  private static List<TaskSummary.Exit> exits(Map<String, Long> counts, long rows) {
    List<TaskSummary.Exit> exits = new ArrayList<>();
    counts.forEach(
        (exit, of) -> {
          String[] parts = exit.split(":");
          Integer layer = parts.length == 1 ? null : Integer.valueOf(parts[1]);
          exits.add(new TaskSummary.Exit(parts[0], layer, of, (double) of / rows));
        });
    return exits;
  }

  private void write(String name, String text) throws IOException {
    output.write(name, text);
    String partition = plan.earlier().partition();
    if (!partition.isEmpty() && outcome.all().rows() + outcome.all().errorCount() > 0) {
      output.write(partition + "/" + name, text);
    }
  }
}
