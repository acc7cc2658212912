package io.superneurons.jobs.label;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.report.run.LabelPage;
import io.superneurons.jobs.run.ErrorBudget;
import io.superneurons.jobs.run.FailedRows;
import io.superneurons.jobs.run.Outcome;
import io.superneurons.jobs.run.RunFolder;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What label says of a run, on the terminal and in files beside the predictions.
 *
 * @param folder the output folder, locked
 * @param plan the plan of the run
 * @param outcome the outcome of the run
 * @param drift the drift of the Super Neurons, over all rows that {@code outcome} counts
 * @param warnings why labels may mean nothing, by task
 */
record LabelReport(
    RunFolder folder,
    RunPlan plan,
    Outcome outcome,
    DriftCheck drift,
    Map<String, List<String>> warnings) {
  /** Labels whose counts fit in a line or two. */
  private static final int MOST_LABELS = 12;

  /**
   * How often labels are those that rows came with.
   *
   * @param rows how many rows came with a label
   * @param share the share of these that got it; null if there are none
   */
  private record Accuracy(long rows, Double share) {
    static Accuracy of(LabelCounts counts) {
      long rows = counts.labelled();
      return new Accuracy(rows, rows == 0 ? null : (double) counts.right() / rows);
    }
  }

  private static Path folder(OutputFolder output, RunPlan plan) {
    String dateFolder = plan.earlier().dateFolder();
    return dateFolder.isEmpty() ? output.path() : new Path(output.path(), dateFolder);
  }

  /** Prints what the run came to. */
  void print(PrintWriter out) throws IOException {
    outcome.print("label", plan, out);
    if (outcome.counts().errorCount() > 0) {
      FailedRows.print(folder.output(), out);
    }
    Path predictions = folder(folder.output(), plan);
    if (folder.output().fileSystem().exists(predictions)) {
      out.printf("  predictions %s%n", predictions);
    }
    outcome.all().labels().forEach((task, counts) -> printLabels(out, task, counts));
    outcome.all().labels().forEach((task, counts) -> printExits(out, task, counts.exits()));
    outcome.all().labels().forEach((task, counts) -> printUndecided(out, task, counts));
    outcome.all().labels().forEach((task, counts) -> printAccuracy(out, task, Accuracy.of(counts)));
    outcome
        .all()
        .labels()
        .keySet()
        .forEach(task -> warnings.get(task).forEach(told -> out.printf("  %s: %s%n", task, told)));
    drift.print(out);
  }

  /** Prints how many rows got each label, the most frequent first. */
  private static void printLabels(PrintWriter out, String task, LabelCounts counts) {
    Map<String, Long> labels = counts.sums().profile().labels();
    List<String> most =
        labels.entrySet().stream()
            .filter(label -> !label.getKey().isEmpty())
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(MOST_LABELS)
            .map(label -> String.format(Locale.ROOT, "%s %,d", label.getKey(), label.getValue()))
            .toList();
    String rest = labels.size() > most.size() + 1 ? ", ..." : "";
    out.printf("  %s: %s%s%n", task, String.join(", ", most), rest);
  }

  /** Prints how rows were decided, where not all were in the same way. */
  private static void printExits(PrintWriter out, String task, Map<String, Long> exits) {
    if (exits.size() > 1) {
      double rows = exits.values().stream().mapToLong(Long::longValue).sum();
      List<String> shares =
          exits.entrySet().stream()
              .map(
                  exit ->
                      String.format(
                          Locale.ROOT, "%s %.1f%%", exit.getKey(), 100 * exit.getValue() / rows))
              .toList();
      out.printf("  %s: decided by %s%n", task, String.join(", ", shares));
    }
  }

  private static void printUndecided(PrintWriter out, String task, LabelCounts counts) {
    if (counts.undecided() > 0) {
      out.printf(
          "  %s: %s of %,d undecided: no neuron voted, or the votes were too close%n",
          task, Plural.text(counts.undecided(), "row"), counts.sums().profile().rows());
    }
  }

  private static void printAccuracy(PrintWriter out, String task, Accuracy accuracy) {
    if (accuracy.rows() > 0) {
      out.printf(
          "  %s: %.3f of %s right, undecided ones counted as wrong%n",
          task, accuracy.share(), Plural.text(accuracy.rows(), "labelled row"));
    }
  }

  /**
   * Writes summary, drift and the page, and says where that is; also into the folder of the date,
   * so that each date keeps its own.
   */
  void write(SuperNeurons superNeurons, ErrorBudget budget, PrintWriter out) throws IOException {
    List<TaskSummary> tasks = new ArrayList<>();
    for (TaskSuperNeurons task : superNeurons.tasks()) {
      LabelCounts counts = outcome.all().labels().get(task.task());
      if (counts != null) {
        tasks.add(summary(task, counts));
      }
    }
    RunSummary summary = RunSummary.of("label", plan, outcome, budget, null, tasks);
    write(RunSummary.FILE_NAME, summary.toJson());
    write(DriftCheck.FILE_NAME, drift.toJson());
    Configuration conf = folder.output().fileSystem().getConf();
    Optional<String> page = new LabelledPage(conf, plan.rows()).of(summary, files());
    if (page.isPresent()) {
      write(LabelPage.FILE_NAME, page.get());
      out.printf("  page     %s%n", new Path(folder.output().path(), LabelPage.FILE_NAME));
    }
  }

  /** The files of predictions that the run's rows are among, in the order of their names. */
  private List<Path> files() throws IOException {
    String dateFolder = plan.earlier().dateFolder();
    return folder.output().dataFiles().stream()
        .map(FileStatus::getPath)
        .filter(file -> dateFolder.isEmpty() || file.getParent().getName().equals(dateFolder))
        .sorted()
        .toList();
  }

  private TaskSummary summary(TaskSuperNeurons task, LabelCounts counts) {
    Accuracy accuracy = Accuracy.of(counts);
    TaskProfile seen = counts.sums().profile();
    return new TaskSummary(
        task.task(),
        warnings.get(task.task()),
        seen.rows(),
        seen.labels(),
        task.probing().map(TaskProfile::labels).orElse(null),
        exits(counts.exits(), seen.rows()),
        drift.summary(task.task()).orElse(null),
        counts.undecided(),
        accuracy.rows(),
        accuracy.share());
  }

  private static List<TaskSummary.Exit> exits(Map<String, Long> counts, long rows) {
    List<TaskSummary.Exit> exits = new ArrayList<>();
    counts.forEach(
        (exit, of) -> {
          String[] parts = exit.split(":");
          ModelLayer layer = parts.length == 1 ? null : ModelLayer.parse(parts[1]);
          exits.add(
              new TaskSummary.Exit(
                  parts[0],
                  layer == null ? null : layer.number(),
                  layer != null && layer.inTower() ? layer.part().label() : null,
                  of,
                  (double) of / rows));
        });
    return exits;
  }

  private void write(String name, String text) throws IOException {
    folder.write(name, text);
    String dateFolder = plan.earlier().dateFolder();
    if (!dateFolder.isEmpty() && outcome.all().rows() + outcome.all().errorCount() > 0) {
      folder.write(dateFolder + "/" + name, text);
    }
  }
}
