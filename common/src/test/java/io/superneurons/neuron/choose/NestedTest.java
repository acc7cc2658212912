package io.superneurons.neuron.choose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.Scheme;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Evidence;
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.Verdicts;
import io.superneurons.neuron.vote.Votes;
import io.superneurons.neuron.vote.Voting;
import io.superneurons.neuron.vote.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the best of many choices is worth, where all of them are equally good. */
class NestedTest {
  private static final int TASKS = Integer.getInteger("simulated.choices", 100);
  private static final int ROWS = 100;
  private static final int CHOICES = 60;
  private static final double WORTH = 0.7;

  @Test
  void theBestOfManyLooksBetterThanItIsAndNestedItDoesNot() {
    for (Metric metric : List.of(Metric.ACCURACY, Metric.AUC)) {
      double bestSum = 0;
      double nestedSum = 0;
      for (int task = 0; task < TASKS; task++) {
        Random random = new Random(task);
        TaskPlan plan = plan(metric, random);
        Nested nested = new Nested(plan);
        Map<Choice, Verdicts> verdicts = new HashMap<>();
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < CHOICES; i++) {
          Verdicts said = verdicts(plan.rows(), random);
          double score = said.score(metric, plan.rows().given(), 2);
          Choice choice =
              new Choice(
                  Rule.ZERO,
                  Voting.MAJORITY,
                  ModelLayer.ofDecoder(0),
                  Picking.topK(i + 1),
                  score,
                  score);
          nested.add(choice, said);
          verdicts.put(choice.withMost(i + 1), said);
          choices.add(choice);
        }
        bestSum += Chooser.best(choices).score();
        nestedSum +=
            nested.score(
                choices,
                Chooser::best,
                choice -> verdicts.get(choice.withMost(choice.picking().most())));
      }
      double best = bestSum / TASKS;
      double judged = nestedSum / TASKS;
      System.out.printf(
          Locale.ROOT, "%s of %.2f: best %.3f, nested %.3f%n", metric, WORTH, best, judged);
      double error = 3 * Math.sqrt(WORTH * (1 - WORTH) / ROWS / TASKS);
      assertTrue(best > WORTH + 0.05, metric + ": the best of many is at " + best);
      assertEquals(WORTH, judged, error, metric + " without a say");
    }
  }

  @Test
  void rowsThatChooseAreDealtOutByImage() {
    int[] images = IntStream.range(0, 40).map(row -> row / 4).toArray();
    int[] given = IntStream.range(0, 40).map(row -> row / 4 % 2).toArray();
    TaskRows rows = new TaskRows("t", List.of("a", "b"), given, images, new int[] {0, 8, 40, 40});
    Scheme scheme = new Scheme(Optional.of(ChosenOn.VALIDATION), FittedOn.PROBE, 0);
    int[][] folds = TaskPlan.of(rows, List.of(Rule.ZERO), Metric.ACCURACY, scheme).choosingFolds();
    assertEquals(5, folds.length);
    assertArrayEquals(
        IntStream.range(8, 40).toArray(),
        Arrays.stream(folds).flatMapToInt(Arrays::stream).sorted().toArray());
    long parts =
        Arrays.stream(folds)
            .mapToLong(fold -> Arrays.stream(fold).map(row -> images[row]).distinct().count())
            .sum();
    assertEquals(8, parts, "no image is in two folds");
  }

  private static TaskPlan plan(Metric metric, Random random) {
    int[] given = random.ints(ROWS, 0, 2).toArray();
    given[0] = 0;
    given[1] = 1;
    TaskRows rows =
        TaskRows.ofDistinctImages("t", List.of("a", "b"), given, new int[] {0, 2, ROWS, ROWS});
    Scheme scheme = new Scheme(Optional.of(ChosenOn.VALIDATION), FittedOn.PROBE, 0);
    return TaskPlan.of(rows, List.of(Rule.ZERO), metric, scheme);
  }

  /** Right with the same probability on every row; then that is accuracy and area. */
  private static Verdicts verdicts(TaskRows rows, Random random) {
    Verdicts verdicts = Verdicts.empty(rows.size(), 2);
    int[] said =
        IntStream.of(rows.given())
            .map(given -> random.nextDouble() < WORTH ? given : 1 - given)
            .toArray();
    Votes[] one = {Votes.of(2, said.length, row -> said[row])};
    verdicts.decide(one, new Evidence[] {new Weight(1)}, IntStream.range(0, said.length).toArray());
    return verdicts;
  }
}
