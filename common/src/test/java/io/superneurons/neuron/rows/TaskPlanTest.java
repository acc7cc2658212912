package io.superneurons.neuron.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.statistics.Permutations;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rows of a task do what. */
class TaskPlanTest {
  private static final Scheme DEFAULT =
      new Scheme(Optional.empty(), FittedOn.PROBE_AND_VALIDATION, 3);

  /** Labels take turns; an image has so many rows in a row. */
  private static TaskRows rows(int probe, int validation, int rowsOfImage) {
    int rows = probe + validation + 10;
    return new TaskRows(
        "t",
        List.of("no", "yes"),
        IntStream.range(0, rows).map(row -> row / rowsOfImage % 2).toArray(),
        IntStream.range(0, rows).map(row -> row / rowsOfImage).toArray(),
        new int[] {0, probe, probe + validation, rows});
  }

  private static TaskPlan plan(TaskRows rows, Scheme scheme) {
    return TaskPlan.of(rows, List.of(Rule.ZERO), Metric.ACCURACY, scheme);
  }

  @Test
  void fewValidationRowsChooseTogetherWithProbingRows() {
    TaskPlan plan = plan(rows(40, 20, 1), DEFAULT);
    assertEquals(ChosenOn.CROSS_VALIDATION, plan.chosenOn());
    assertArrayEquals(new int[] {1, 2, 3, 4, 5}, plan.choosingTrials());
    assertEquals(6, plan.finalTrial());
    assertArrayEquals(IntStream.range(0, 60).toArray(), plan.trials().get(6).fit());
    int[] held =
        Arrays.stream(plan.choosingTrials())
            .flatMap(trial -> Arrays.stream(plan.trials().get(trial).check()))
            .sorted()
            .toArray();
    assertArrayEquals(IntStream.range(0, 60).toArray(), held, "each row is held out once");
    assertTrue(plan.confirms(TaskPlan.MAIN));
    assertTrue(!plan.confirms(1), "validation rows tell what single neurons are worth");
    assertEquals(60, plan.votingRows(1));
    assertEquals(70, plan.votingRows(6));
  }

  @Test
  void manyValidationRowsChooseAlone() {
    TaskPlan plan = plan(rows(40, 500, 1), DEFAULT);
    assertEquals(ChosenOn.VALIDATION, plan.chosenOn());
    assertArrayEquals(new int[] {TaskPlan.MAIN}, plan.choosingTrials());
    assertEquals(FittedOn.PROBE_AND_VALIDATION, plan.fittedOn());
    assertEquals(1, plan.finalTrial());
  }

  @Test
  void withoutValidationRowsFoldsDoAll() {
    TaskPlan plan = plan(rows(10, 0, 1), DEFAULT);
    assertEquals(ChosenOn.CROSS_VALIDATION, plan.chosenOn());
    assertEquals(FittedOn.PROBE, plan.fittedOn());
    assertEquals(TaskPlan.MAIN, plan.finalTrial());
    assertTrue(plan.confirms(1));
  }

  @Test
  void noImageIsOnBothSidesOfAFold() {
    TaskRows rows = rows(40, 20, 4);
    for (Trial fold : plan(rows, DEFAULT).trials().subList(1, 6)) {
      Set<Integer> fitted = images(rows, fold.fit());
      Set<Integer> held = images(rows, fold.check());
      assertEquals(3, held.size(), "15 images in five folds");
      held.retainAll(fitted);
      assertTrue(held.isEmpty(), held.toString());
    }
  }

  private static Set<Integer> images(TaskRows rows, int[] positions) {
    return new HashSet<>(Arrays.stream(positions).map(row -> rows.images()[row]).boxed().toList());
  }

  @Test
  void oneImageOfALabelCannotBeFolded() {
    TaskRows few = rows(8, 0, 4);
    Exception e = assertThrows(IllegalArgumentException.class, () -> plan(few, DEFAULT));
    assertTrue(e.getMessage().contains("two images of every label"), e.getMessage());
    TaskPlan withValidation = plan(rows(4, 4, 4), DEFAULT);
    assertEquals(ChosenOn.VALIDATION, withValidation.chosenOn(), "which can do without");
  }

  @Test
  void shuffledLabelsStayInTheirSetAndTogetherOnAnImage() {
    TaskRows rows = rows(40, 20, 4);
    TaskRows shuffled = new LabelShuffle(rows).shuffled(5);
    assertEquals(60, shuffled.size(), "test rows are left out");
    assertEquals(20, shuffled.size(TaskRows.VALIDATION));
    for (int set = TaskRows.PROBE; set <= TaskRows.VALIDATION; set++) {
      assertEquals(ones(rows, set), ones(shuffled, set));
    }
    for (int row = 0; row < 60; row++) {
      assertEquals(shuffled.given()[row / 4 * 4], shuffled.given()[row], "of one image");
    }
    assertTrue(!Arrays.equals(shuffled.given(), Arrays.copyOf(rows.given(), 60)));
    assertArrayEquals(shuffled.given(), new LabelShuffle(rows).shuffled(5).given());
  }

  private static int ones(TaskRows rows, int set) {
    return Arrays.stream(rows.given(), rows.start(set), rows.end(set)).sum();
  }

  @Test
  void aPValueCountsTheRealLabelsToo() {
    Permutations.Run[] shuffled = new Permutations.Run[39];
    Arrays.setAll(shuffled, i -> new Permutations.Run(0.5 + i / 100.0, 0.9));
    Permutations found = Permutations.of(new Permutations.Run(0.88, 0.95), shuffled);
    assertEquals(2 / 40.0, found.pValue(), "0.88 itself is among the shuffled");
    assertEquals(1 / 40.0, found.bestNeuronPValue());
    assertEquals(0.69, found.shuffledMean(), 1e-12);
    assertTrue(found.found());
    assertTrue(found.among(new double[] {0.05, 0.05}).found());
    Permutations oneOfTwo = found.among(new double[] {0.9, 0.05});
    assertEquals(0.1, oneOfTwo.qValue());
    assertTrue(!oneOfTwo.found());
    Permutations luck = Permutations.of(new Permutations.Run(0.87, 0.95), shuffled);
    assertTrue(!luck.found());
    assertThrows(
        IllegalArgumentException.class,
        () -> Permutations.of(new Permutations.Run(1, 1), Arrays.copyOf(shuffled, 18)));
  }
}
