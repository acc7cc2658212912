package io.superneurons.neuron.score;

import io.superneurons.neuron.rule.Slot;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.FisherTest;
import io.superneurons.neuron.statistics.RankTest;
import io.superneurons.neuron.values.KeyCounts;
import io.superneurons.neuron.values.LabelledKeys;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether luck explains how a neuron's values go with the labels of some rows, whatever rule is
 * fitted on them. Each label's rows are ranked against all others ({@link RankTest}); where more
 * than half of the rows share one value, which ranks cannot tell apart, it is counted instead how
 * many of the label's rows have it ({@link FisherTest}). Which of both is settled by the values
 * alone. Of more than two labels the smallest p-value counts, times the number of labels
 * (Bonferroni).
 */
final class LabelTest {
  private final List<Slot> slots;
  private final int[] given; // rows of each label [labels]
  private final int rows;
  private final RankTest[] ranks; // [labels]; of two the second says it all
  private final FisherTest shared;
  private final int[] sharing; // rows of each label that have the shared value [labels]
  private final double[] ofLabels; // [labels]

  /**
   * A test.
   *
   * @param labels index of each row's label [rows]
   * @param count how many labels there are
   * @param shared for at least as many rows
   */
  LabelTest(List<Slot> slots, int[] labels, int count, FisherTest shared) {
    this.slots = slots;
    this.rows = labels.length;
    this.given = given(labels, count);
    this.shared = shared;
    this.sharing = new int[count];
    this.ofLabels = new double[count];
    Map<Integer, RankTest> bySize = new HashMap<>();
    this.ranks =
        Arrays.stream(given)
            .mapToObj(own -> bySize.computeIfAbsent(own, o -> new RankTest(o, rows - o)))
            .toArray(RankTest[]::new);
  }

  private static int[] given(int[] labels, int count) {
    int[] given = new int[count];
    for (int label : labels) {
      given[label]++;
    }
    return given;
  }

  /**
   * Bytes that a test takes, at most.
   *
   * @param labels index of each row's label [rows]
   * @param count how many labels there are
   */
  static long bytes(int[] labels, int count) {
    return 3L * Double.BYTES * count
        + Arrays.stream(given(labels, count))
            .distinct()
            .mapToLong(own -> RankTest.bytes(own, labels.length - own))
            .sum();
  }

  /**
   * The p-values of rules of two labels.
   *
   * @param aucs of each label [labels]
   * @param counts of the values
   * @return one per slot [slots]
   */
  double[] pValues(double[] aucs, KeyCounts counts) {
    int from = 0;
    int to = counts.size();
    while (to - from > 1) { // the value of the middle row
      int middle = (from + to) >>> 1;
      if (counts.rows()[middle - 1] > rows / 2) {
        to = middle;
      } else {
        from = middle;
      }
    }
    int positives = counts.positives()[from] - (from == 0 ? 0 : counts.positives()[from - 1]);
    int all = counts.rows()[from] - (from == 0 ? 0 : counts.rows()[from - 1]);
    sharing[0] = all - positives;
    sharing[1] = positives;
    return pValues(aucs, all);
  }

  /**
   * The p-values of rules of any number of labels.
   *
   * @param aucs of each label [labels]
   * @param sorted the rows by ascending key
   * @return one per slot [slots]
   */
  double[] pValues(double[] aucs, LabelledKeys sorted) {
    int[] keys = sorted.keys();
    int from = rows / 2;
    int to = from;
    while (from > 0 && keys[from - 1] == keys[to]) {
      from--;
    }
    while (to < rows && keys[to] == keys[from]) {
      to++;
    }
    Arrays.fill(sharing, 0);
    for (int row = from; row < to; row++) {
      sharing[sorted.labels()[row]]++;
    }
    return pValues(aucs, to - from);
  }

  private double[] pValues(double[] aucs, int sharingRows) {
    double least = Double.POSITIVE_INFINITY;
    int tests = ranks.length == 2 ? 1 : ranks.length;
    for (int label = ranks.length - tests; label < ranks.length; label++) {
      double p =
          2 * sharingRows <= rows
              ? ranks[label].pValue(aucs[label])
              : shared.pValue(sharing[label], sharingRows, given[label], rows);
      ofLabels[label] = Math.min(1, tests * p);
      least = Math.min(least, ofLabels[label]);
    }
    double[] pValues = new double[slots.size()];
    for (int slot = 0; slot < pValues.length; slot++) {
      int label = slots.get(slot).detected();
      pValues[slot] = label == Confusion.NO_LABEL ? least : ofLabels[label];
    }
    return pValues;
  }
}
