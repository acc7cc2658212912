package io.superneurons.neuron.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fewer rows fit, of each label alike, and the same rows check. */
class FewerRowsTest {
  /** 60 probing rows of label 0, 40 of label 1; 20 validation rows. */
  private static TaskPlan plan() {
    int[] given = IntStream.range(0, 120).map(row -> row % 5 < 3 ? 0 : 1).toArray();
    TaskRows rows =
        TaskRows.ofDistinctImages("t", List.of("a", "b"), given, new int[] {0, 100, 120, 120});
    Scheme scheme = new Scheme(Optional.empty(), FittedOn.PROBE_AND_VALIDATION, 1);
    return TaskPlan.of(rows, List.of(Rule.MIDPOINT), Metric.ACCURACY, scheme);
  }

  private static long of(TaskPlan plan, int[] rows, int label) {
    return Arrays.stream(rows).filter(row -> plan.rows().given()[row] == label).count();
  }

  private static Set<Integer> set(int[] rows) {
    return Arrays.stream(rows).boxed().collect(Collectors.toSet());
  }

  @Test
  void aShareOfEachLabelFits() {
    TaskPlan whole = plan();
    TaskPlan half = new FewerRows(whole).at(0.5).orElseThrow();
    TaskPlan quarter = new FewerRows(whole).at(0.25).orElseThrow();
    assertEquals(ChosenOn.CROSS_VALIDATION, half.chosenOn());
    assertEquals(whole.trials().size() - 1, half.trials().size(), "nothing is fitted in the end");
    for (int trial = 0; trial < half.trials().size(); trial++) {
      Trial before = whole.trials().get(trial);
      Trial after = half.trials().get(trial);
      assertArrayEquals(before.check(), after.check());
      assertTrue(set(before.fit()).containsAll(set(after.fit())));
      for (int label = 0; label < 2; label++) {
        double expected = of(whole, before.fit(), label) / 2.0;
        assertEquals(expected, of(half, after.fit(), label), 0.5);
      }
      Set<Integer> smaller = new HashSet<>(set(quarter.trials().get(trial).fit()));
      assertTrue(set(after.fit()).containsAll(smaller), "fewer rows are among more");
    }
    assertEquals(48, FewerRows.rowsPerLabel(whole), 1e-9);
    assertEquals(24, FewerRows.rowsPerLabel(half), 0.6);
  }

  @Test
  void oneRowOfALabelIsTooFew() {
    assertTrue(new FewerRows(plan()).at(0.01).isEmpty());
  }
}
