package io.superneurons.neuron.choose;

import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Judges choosing itself: for each fold of the rows that choose, the choice is made by the others'
 * scores and judged on the fold. The score that made a choice is the best of many and so better
 * than what the choice is worth; this one is not.
 */
final class Nested {
  private final TaskRows rows;
  private final Metric metric;
  private final int[][] folds; // positions of the rows of each fold
  private final Map<Choice, double[]> without = new HashMap<>(); // score without each fold [folds]

  Nested(TaskPlan plan) {
    this.rows = plan.rows();
    this.metric = plan.metric();
    this.folds = plan.choosingFolds();
  }

  int folds() {
    return folds.length;
  }

  /** Positions of the rows of a fold, ascending. */
  int[] fold(int fold) {
    return folds[fold].clone();
  }

  /**
   * Takes in what a choice says of the rows that choose.
   *
   * @param verdicts on rows by their position
   */
  void add(Choice choice, Verdicts verdicts) {
    double[] scores = new double[folds.length];
    if (metric == Metric.AUC) {
      Arrays.setAll(scores, fold -> scoreOf(verdicts, others(fold)));
    } else {
      Confusion[] ofFolds =
          Arrays.stream(folds).map(fold -> confusion(verdicts, fold)).toArray(Confusion[]::new);
      Arrays.setAll(scores, fold -> metric.of(allBut(ofFolds, fold)));
    }
    without.put(untried(choice), scores);
  }

  /** Positions of the rows that choose and are not in a fold, ascending. */
  int[] others(int fold) {
    return IntStream.range(0, folds.length)
        .filter(other -> other != fold)
        .flatMap(other -> Arrays.stream(folds[other]))
        .sorted()
        .toArray();
  }

  private Confusion confusion(Verdicts verdicts, int[] positions) {
    Confusion confusion = new Confusion(rows.labels().size());
    for (int row : positions) {
      confusion.add(rows.given()[row], verdicts.predicted()[row]);
    }
    return confusion;
  }

  private Confusion allBut(Confusion[] ofFolds, int fold) {
    Confusion others = new Confusion(rows.labels().size());
    for (int other = 0; other < ofFolds.length; other++) {
      if (other != fold) {
        others.add(ofFolds[other]);
      }
    }
    return others;
  }

  private double scoreOf(Verdicts verdicts, int[] positions) {
    int[] given = Arrays.stream(positions).map(row -> rows.given()[row]).toArray();
    return verdicts.at(positions).score(metric, given, rows.labels().size());
  }

  private static Choice untried(Choice choice) {
    return Choice.untried(choice.rule(), choice.voting(), choice.exitLayer(), choice.picking());
  }

  /**
   * The choices with the scores that they have without a fold.
   *
   * @param choices that were taken in
   */
  List<Choice> without(List<Choice> choices, int fold) {
    List<Choice> rescored = new ArrayList<>();
    for (Choice choice : choices) {
      double score = without.get(untried(choice))[fold];
      // With cross-validation both scores are of the same rows.
      double probing = choice.score() == choice.probingScore() ? score : choice.probingScore();
      rescored.add(
          new Choice(
              choice.rule(),
              choice.voting(),
              choice.exitLayer(),
              choice.picking(),
              score,
              probing));
    }
    return rescored;
  }

  /**
   * What choosing is worth.
   *
   * @param choices that were taken in
   * @param choosing makes a choice from them
   * @param judge what a choice says of rows that fitted none of its neurons, by their position
   * @return the metric over all folds together; NaN if there are too few images for folds
   */
  double score(
      List<Choice> choices,
      Function<List<Choice>, Choice> choosing,
      Function<Choice, Verdicts> judge) {
    Verdicts all = Verdicts.empty(rows.end(TaskRows.VALIDATION), rows.labels().size());
    for (int fold = 0; fold < folds.length; fold++) {
      Choice choice = choosing.apply(without(choices, fold));
      all.take(folds[fold], judge.apply(choice));
    }
    int[] judged = Arrays.stream(folds).flatMapToInt(Arrays::stream).sorted().toArray();
    return folds.length == 0 ? Double.NaN : scoreOf(all, judged);
  }
}
