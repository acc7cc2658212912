package io.superneurons.jobs;

import io.superneurons.neuron.Confusion;
import io.superneurons.neuron.TaskRows;
import io.superneurons.neuron.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a method is worth that gives no answer where its votes are close. */
final class SelectAbstention {
  /** Share of rows that get an answer. */
  private static final String COVERAGE = "coverage";

  /** Accuracy on the rows that get one. */
  private static final String ANSWERED = "answered_accuracy";

  private SelectAbstention() {}

  /**
   * Coverage and accuracy on every set that has rows; the latter only where rows are answered.
   *
   * @param below the margin that an answer needs
   */
  static List<SelectEvaluation> of(
      TaskRows rows, SelectSets sets, Evaluations.Method method, double below) {
    List<SelectEvaluation> evaluations = new ArrayList<>();
    Verdicts verdicts = method.draws().get(0).abstaining(below);
    for (int set = 0; set < rows.sets(); set++) {
      int[] given = Arrays.copyOfRange(rows.given(), rows.start(set), rows.end(set));
      Confusion confusion =
          verdicts.of(rows.start(set), rows.end(set)).confusion(given, rows.labels().size());
      int answered = given.length - confusion.unpredicted();
      if (given.length > 0) {
        String name = sets.name(set);
        double coverage = (double) answered / given.length;
        evaluations.add(evaluation(rows, name, method, COVERAGE, coverage, given.length));
        if (answered > 0) {
          double right = (double) confusion.right() / answered;
          evaluations.add(evaluation(rows, name, method, ANSWERED, right, answered));
        }
      }
    }
    return evaluations;
  }

  private static SelectEvaluation evaluation(
      TaskRows rows,
      String set,
      Evaluations.Method method,
      String metric,
      double value,
      int counted) {
    return new SelectEvaluation(
        rows.task(),
        set,
        method.name(),
        metric,
        value,
        counted,
        null,
        method.topK(),
        method.exitLayer());
  }
}
