package io.superneurons.neuron.rule;

import io.superneurons.neuron.statistics.Auc;
import io.superneurons.neuron.values.LabelledKeys;
import java.util.Arrays;

/** The {@link Auc} of each of many labels against the rest, from one pass over sorted rows. */
final class LabelAucs {
  // Of each label [labels]: rows in all, rows below the place that is looked at, and pairs won.
  private final int[] total;
  private final int[] below;
  private final long[] twiceWins;

  private int rows;

  LabelAucs(int labels) {
    total = new int[labels];
    below = new int[labels];
    twiceWins = new long[labels];
  }

  /**
   * Ranks rows.
   *
   * @param sorted rows by ascending key, and by label where keys are equal
   */
  void rank(LabelledKeys sorted) {
    rows = sorted.size();
    Arrays.fill(below, 0);
    Arrays.fill(twiceWins, 0);
    int[] keys = sorted.keys();
    for (int from = 0; from < rows; ) {
      int to = from + 1;
      while (to < rows && keys[to] == keys[from]) {
        to++;
      }
      rankEqual(sorted.labels(), from, to);
      from = to;
    }
    System.arraycopy(below, 0, total, 0, total.length);
  }

  private void rankEqual(int[] labels, int from, int to) {
    for (int start = from; start < to; ) {
      int label = labels[start];
      int end = start + 1;
      while (end < to && labels[end] == label) {
        end++;
      }
      int count = end - start;
      twiceWins[label] += (long) count * (from + to - 2L * below[label] - count);
      below[label] += count;
      start = end;
    }
  }

  /** How well the values rank the label's rows above the rest. */
  double auc(int label) {
    return Auc.of(twiceWins[label], total[label], rows - total[label]);
  }

  /**
   * The mean AUC over the labels that can be ranked, each in its direction.
   *
   * @param falls for each label, whether small values mean it [labels]
   */
  double mean(boolean[] falls) {
    double sum = 0;
    int ranked = 0;
    for (int label = 0; label < falls.length; label++) {
      if (total[label] > 0 && total[label] < rows) {
        sum += falls[label] ? 1 - auc(label) : auc(label);
        ranked++;
      }
    }
    return ranked == 0 ? Auc.CHANCE : sum / ranked;
  }

  /** The AUC of every label [labels]. */
  double[] all() {
    double[] all = new double[total.length];
    Arrays.setAll(all, this::auc);
    return all;
  }
}
