package io.superneurons.jobs.select.choose;

import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.vote.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates a method that leaves rows undecided: those on which nobody voted, whose votes are
 * close, or whose answer names no label.
 */
final class Abstention {
  /** Accuracy on these. */
  private static final String ANSWERED = "answered_accuracy";

  private Abstention() {}

  /**
   * Coverage and accuracy on every set that has rows; the latter only where rows are decided.
   *
   * @param below a row whose margin is below this is undecided
   */
  static List<Evaluation> of(TaskRows rows, Sets sets, Evaluations.Method method, double below) {
    List<Evaluation> evaluations = new ArrayList<>();
    Verdicts verdicts = method.draws().get(0).abstaining(below);
    for (int set = 0; set < rows.sets(); set++) {
      int[] given = Arrays.copyOfRange(rows.given(), rows.start(set), rows.end(set));
      Confusion confusion =
          verdicts.of(rows.start(set), rows.end(set)).confusion(given, rows.labels().size());
      int answered = given.length - confusion.unpredicted();
      if (given.length > 0) {
        String name = sets.name(set);
        double coverage = (double) answered / given.length;
        evaluations.add(
            evaluation(rows, name, method, Evaluation.COVERAGE, coverage, given.length));
        if (answered > 0) {
          double right = (double) confusion.right() / answered;
          evaluations.add(evaluation(rows, name, method, ANSWERED, right, answered));
        }
      }
    }
    return evaluations;
  }

  private static Evaluation evaluation(
      TaskRows rows,
      String set,
      Evaluations.Method method,
      String metric,
      double value,
      int counted) {
    return new Evaluation(
        rows.task(),
        set,
        method.name(),
        metric,
        value,
        counted,
        Optional.empty(),
        method.topK(),
        method.exitLayer());
  }
}
