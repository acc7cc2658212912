package io.superneurons.neuron.rule;

import io.superneurons.neuron.values.Keys;
import io.superneurons.neuron.values.LabelledKeys;
import java.util.Arrays;

/**
 * The best cut of every label against the rest from one pass over the sorted rows, whatever the
 * number of labels. Balanced accuracy rises with every row of another label below the cut and falls
 * with every row of the label (or the other way round, by polarity), so the best cut lies next to a
 * value that a row of the label has, or at either end. It is reused for neuron after neuron, so
 * that nothing is allocated per neuron.
 */
final class Detectors {
  private final int labels;

  // Of each label [labels]: rows in all, rows below the place that is looked at, and its best cut.
  private final long[] total;
  private final long[] below;
  private final long[] best;
  private final double[] low;
  private final double[] high;
  private final int[] polarity;

  private LabelledKeys sorted;
  private Keys type;

  Detectors(int labels) {
    this.labels = labels;
    total = new long[labels];
    below = new long[labels];
    best = new long[labels];
    low = new double[labels];
    high = new double[labels];
    polarity = new int[labels];
  }

  /**
   * Finds the best cuts.
   *
   * @param rows by ascending key, and by label where keys are equal; not all keys may be equal
   */
  void find(LabelledKeys rows, Keys typeOfKeys) {
    sorted = rows;
    type = typeOfKeys;
    Arrays.fill(total, 0);
    Arrays.fill(below, 0);
    Arrays.fill(best, -1);
    for (int row = 0; row < rows.size(); row++) {
      total[rows.labels()[row]]++;
    }
    int[] keys = rows.keys();
    considerBottom(endOf(0));
    for (int from = 0; from < rows.size(); ) {
      int to = endOf(from);
      group(from, to);
      from = to;
    }
    int last = rows.size() - 1;
    while (keys[last - 1] == keys[rows.size() - 1]) {
      last--;
    }
    considerTop(last);
  }

  private int endOf(int from) {
    int[] keys = sorted.keys();
    int to = from + 1;
    while (to < sorted.size() && keys[to] == keys[from]) {
      to++;
    }
    return to;
  }

  /** Considers the cut above the lowest value, also for labels that no row of this value has. */
  private void considerBottom(int end) {
    for (int label = 0; label < labels; label++) {
      below[label] = 0;
    }
    for (int row = 0; row < end; row++) {
      below[sorted.labels()[row]]++;
    }
    for (int label = 0; label < labels; label++) {
      consider(label, end, below[label]);
    }
    Arrays.fill(below, 0);
  }

  /** Considers the cut below the highest value: all rows of other values lie below it. */
  private void considerTop(int start) {
    int[] ofLabels = sorted.labels();
    for (int row = start; row < sorted.size(); row++) {
      below[ofLabels[row]]--;
    }
    for (int label = 0; label < labels; label++) {
      consider(label, start, below[label]);
    }
  }

  /** Considers the cuts on both sides of one value, for the labels that rows of this value have. */
  private void group(int from, int to) {
    int[] ofLabels = sorted.labels();
    for (int start = from; start < to; ) {
      int label = ofLabels[start];
      int end = start + 1;
      while (end < to && ofLabels[end] == label) {
        end++;
      }
      long before = below[label];
      long through = before + end - start;
      if (from > 0) {
        consider(label, from, before);
      }
      if (to < sorted.size()) {
        consider(label, to, through);
      }
      below[label] = through;
      start = end;
    }
  }

  /**
   * Keeps a cut that is better than the best so far: at equal scores the widest gap wins, then the
   * lowest cut, then polarity 1.
   */
  private void consider(int label, int rowsBelow, long positivesBelow) {
    long positives = total[label];
    long others = sorted.size() - positives;
    if (positives == 0 || others == 0) {
      return;
    }
    long up = (rowsBelow - positivesBelow) * positives + (positives - positivesBelow) * others;
    long down = 2 * positives * others - up;
    long score = Math.max(up, down);
    if (score < best[label]) {
      return;
    }
    double under = type.value(sorted.keys()[rowsBelow - 1]);
    double over = type.value(sorted.keys()[rowsBelow]);
    double gain = over - under - (high[label] - low[label]);
    if (score > best[label] || gain > 0 || gain == 0 && under < low[label]) {
      best[label] = score;
      low[label] = under;
      high[label] = over;
      polarity[label] = down > up ? -1 : 1;
    }
  }

  /** The best cut of a label, scored by balanced accuracy. */
  Cut cut(int label) {
    double score = best[label] / (2.0 * total[label] * (sorted.size() - total[label]));
    return Cut.between(low[label], high[label], polarity[label], score);
  }
}
