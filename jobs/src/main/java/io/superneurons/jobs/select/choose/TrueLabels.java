package io.superneurons.jobs.select.choose;

import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.statistics.Confusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How right Super Neurons that learnt from the model's answers are by the labels that rows were
 * given, and how right the answers are: on the rows whose label is one of the answers.
 */
final class TrueLabels {
  private TrueLabels() {}

  /**
   * The share of right rows of every set that has such rows.
   *
   * @param superNeurons what they say
   * @param truth label index of each row, or {@link Confusion#NO_LABEL} [rows]
   */
  static List<Evaluation> of(
      TaskRows rows, Sets sets, Evaluations.Method superNeurons, int[] truth) {
    List<Evaluation> evaluations = new ArrayList<>();
    for (int set = 0; set < rows.sets(); set++) {
      int[] known =
          IntStream.range(rows.start(set), rows.end(set))
              .filter(row -> truth[row] != Confusion.NO_LABEL)
              .toArray();
      if (known.length > 0) {
        int[] said = superNeurons.draws().get(0).predicted();
        evaluations.add(
            evaluation(rows, sets.name(set), superNeurons, share(said, truth, known), known));
        Evaluations.Method answers =
            new Evaluations.Method(
                Evaluation.MODEL_ANSWER, List.of(), OptionalInt.empty(), OptionalInt.empty());
        double right = share(rows.given(), truth, known);
        evaluations.add(evaluation(rows, sets.name(set), answers, right, known));
      }
    }
    return evaluations;
  }

  private static double share(int[] said, int[] truth, int[] rows) {
    return IntStream.of(rows).filter(row -> said[row] == truth[row]).count() / (double) rows.length;
  }

  private static Evaluation evaluation(
      TaskRows rows, String set, Evaluations.Method method, double share, int[] known) {
    return new Evaluation(
        rows.task(),
        set,
        method.name(),
        Evaluation.TRUE_ACCURACY,
        share,
        known.length,
        Optional.empty(),
        method.topK(),
        method.exitLayer());
  }
}
