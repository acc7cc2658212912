package io.superneurons.jobs.label;

import io.superneurons.activation.JsonFormat;
import io.superneurons.activation.Names;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.cli.SafeText;
import io.superneurons.jobs.run.TaskSummary;
import io.superneurons.jobs.wave.LabelCounts;
import io.superneurons.neuron.chosen.NeuronProfile;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.drift.NeuronDrift;
import io.superneurons.neuron.drift.TaskDrift;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the Super Neurons of each task did in a run with what they did on the probing rows;
 * {@value #FILE_NAME} of its output.
 */
public final class DriftCheck {
  static final String FILE_NAME = "_drift.json";

  /** All rows are written, but a task drifted by more than {@code --drift-fail}. */
  public static final int EXIT_CODE = 3;

  private static final Logger LOG = LoggerFactory.getLogger(DriftCheck.class);
  private static final JsonFormat FORMAT = new JsonFormat("superneurons-drift", 1);

  private final List<TaskDrift> tasks;
  private final DriftOptions.Thresholds thresholds;

  private DriftCheck(List<TaskDrift> tasks, DriftOptions.Thresholds thresholds) {
    this.tasks = tasks;
    this.thresholds = thresholds;
  }

  /** Whether a task drifted. */
  enum Verdict {
    /** There are too few rows to say. */
    FEW_ROWS,
    OK,
    WARN,
    FAIL;

    String label() {
      return Names.of(this);
    }

    /** For people. */
    String words() {
      return this == FEW_ROWS ? "too few rows to tell" : label();
    }
  }

  /** The JSON of the file. */
  record Report(double warnAbove, Double failAbove, List<Task> tasks) {}

  /** The JSON of a task in the file. */
  record Task(
      String task,
      String verdict,
      double meanDrift,
      double worstDrift,
      double labelChange,
      long rows,
      Map<String, Long> labels,
      long probingRows,
      Map<String, Long> probingLabels,
      List<Member> neurons) {}

  /** The JSON of a neuron in the file. */
  record Member(
      int layer,
      String site,
      int index,
      double drift,
      double shift,
      double deviationRatio,
      double firingChange,
      NeuronProfile probing,
      NeuronProfile seen) {}

  /**
   * Checks every task that rows were labelled for and whose neurons' probing rows are described in
   * superneurons.json.
   *
   * @param counts counts of the labelled rows by task
   */
  static DriftCheck of(
      SuperNeurons superNeurons,
      Map<String, LabelCounts> counts,
      DriftOptions.Thresholds thresholds) {
    List<TaskDrift> tasks = new ArrayList<>();
    for (TaskSuperNeurons task : superNeurons.tasks()) {
      LabelCounts seen = counts.get(task.task());
      if (seen != null) {
        TaskDrift.of(task, seen.sums().profile()).ifPresent(tasks::add);
      }
    }
    return new DriftCheck(tasks, thresholds);
  }

  /** Whether a task drifted by more than it may; of few rows at most a warning. */
  Verdict verdict(TaskDrift task) {
    if (!task.isTelling()) {
      return task.isExtreme() && task.mean() > thresholds.warn() ? Verdict.WARN : Verdict.FEW_ROWS;
    }
    if (task.mean() > thresholds.fail()) {
      return Verdict.FAIL;
    }
    return task.mean() > thresholds.warn() ? Verdict.WARN : Verdict.OK;
  }

  /**
   * The tasks that drifted by more than they may; with any the run ends with {@link #EXIT_CODE}.
   */
  List<String> failed() {
    return tasks.stream()
        .filter(task -> verdict(task) == Verdict.FAIL)
        .map(TaskDrift::task)
        .toList();
  }

  /** The check of one task in short; empty if there was nothing to compare with. */
  Optional<TaskSummary.Drift> summary(String task) {
    return tasks.stream()
        .filter(drift -> drift.task().equals(task))
        .map(
            drift ->
                new TaskSummary.Drift(
                    verdict(drift).label(),
                    drift.mean(),
                    drift.worst().size(),
                    drift.labelChange()))
        .findFirst();
  }

  /** Prints one line per task, and warns of those that drifted. */
  void print(PrintWriter out) {
    for (TaskDrift task : tasks) {
      Verdict verdict = verdict(task);
      out.printf(
          "  drift    %s: %.2f, worst %.2f (%s), labels %.2f, of %s: %s%n",
          task.task(),
          task.mean(),
          task.worst().size(),
          task.worst().neuron().layerSite().column() + "[" + task.worst().neuron().index() + "]",
          task.labelChange(),
          Plural.text(task.seen().rows(), "row"),
          verdict.words());
      if (verdict == Verdict.WARN || verdict == Verdict.FAIL) {
        LOG.warn(
            "The Super Neurons of task {} drifted by {} from what they did on the probing rows,"
                + " more than {}: look at some images and labels; if the images have changed,"
                + " select on new probing rows",
            SafeText.of(task.task()),
            String.format(Locale.ROOT, "%.2f", task.mean()),
            verdict == Verdict.FAIL ? thresholds.fail() : thresholds.warn());
      }
    }
  }

  /** The text of {@value #FILE_NAME}. */
  String toJson() {
    double fail = thresholds.fail();
    return FORMAT.write(
        new Report(
            thresholds.warn(),
            Double.isInfinite(fail) ? null : fail,
            tasks.stream().map(this::shape).toList()));
  }

  private Task shape(TaskDrift task) {
    return new Task(
        task.task(),
        verdict(task).label(),
        task.mean(),
        task.worst().size(),
        task.labelChange(),
        task.seen().rows(),
        task.seen().labels(),
        task.probing().rows(),
        task.probing().labels(),
        task.neurons().stream().map(DriftCheck::shape).toList());
  }

  private static Member shape(NeuronDrift drift) {
    return new Member(
        drift.neuron().layer(),
        drift.neuron().site().label(),
        drift.neuron().index(),
        drift.size(),
        drift.shift(),
        drift.deviationRatio(),
        drift.firingChange(),
        drift.probing(),
        drift.seen());
  }
}
