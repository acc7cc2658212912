package io.superneurons.neuron.rule;

import io.superneurons.neuron.statistics.Auc;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.statistics.TwoWay;
import io.superneurons.neuron.values.KeyCounts;
import io.superneurons.neuron.values.Keys;
import java.util.Arrays;

/**
 * Rows of two labels by their value: each distinct value is a rung, with how many rows lie at or
 * below it. That is all that is needed to score any threshold. It is reused for neuron after
 * neuron, so that nothing is allocated per neuron.
 *
 * <p>It looks at a {@link KeyCounts} and adds what a threshold is worth by a metric. The two are
 * apart since counting belongs to how values are stored, and scoring to rules.
 */
final class Ladder {
  /** Scores that differ by less than this count as equal: the difference is rounding. */
  private static final double SAME = 1e-12;

  /** Rungs are searched in blocks of this many: the extremes of a block rule most blocks out. */
  private static final int BLOCK = 256;

  private int size;
  // Those of the counts, not copied; only the first size entries count.
  private int[] keys = {};
  private int[] rows = {};
  private int[] positives = {};

  // By block of rungs [at least as many as there are blocks].
  private int[] mostOfBlock = {};
  private int[] leastOfBlock = {};

  private Keys type;
  private double sumOfAll;
  private double sumOfPositives;
  private long twiceWins;

  /**
   * Looks at a neuron's counts from now on. They are not copied, so they must stay as they are
   * until the next call.
   */
  void climb(KeyCounts counts, Keys typeOfKeys) {
    type = typeOfKeys;
    size = counts.size();
    keys = counts.keys();
    rows = counts.rows();
    positives = counts.positives();
    sum();
  }

  /**
   * Whether all values are finite and not all are equal: only then can the neuron tell labels
   * apart.
   */
  boolean isUsable() {
    return size > 1 && type.isFinite(keys[0]) && type.isFinite(keys[size - 1]);
  }

  private int rows() {
    return rows[size - 1];
  }

  private int positives() {
    return positives[size - 1];
  }

  private int negatives() {
    return rows() - positives();
  }

  /**
   * Sums up values and pairs in one loop. Values are added in ascending order, so that the result
   * does not depend on the order of rows.
   */
  private void sum() {
    double all = 0;
    double ofPositives = 0;
    long wins = 0;
    int rowsBelow = 0;
    int positivesBelow = 0;
    for (int rung = 0; rung < size; rung++) {
      int rowsThrough = rows[rung];
      int positivesThrough = positives[rung];
      int equalPositives = positivesThrough - positivesBelow;
      double value = type.value(keys[rung]);
      all += value * (rowsThrough - rowsBelow);
      ofPositives += value * equalPositives;
      int negativesBelow = rowsBelow - positivesBelow;
      wins += (long) equalPositives * (negativesBelow + rowsThrough - positivesThrough);
      rowsBelow = rowsThrough;
      positivesBelow = positivesThrough;
    }
    sumOfAll = all;
    sumOfPositives = ofPositives;
    twiceWins = wins;
  }

  /** The means of both labels [2]. */
  double[] means() {
    return new double[] {(sumOfAll - sumOfPositives) / negatives(), sumOfPositives / positives()};
  }

  /** The {@link Auc} of the values for label 1. */
  double auc() {
    return Auc.of(twiceWins, positives(), negatives());
  }

  /** That threshold with the polarity that scores better; at equal scores 1. */
  Cut at(double threshold, Metric metric) {
    int found = Arrays.binarySearch(keys, 0, size, type.floor(threshold));
    int rung = found >= 0 ? found : -found - 2;
    double up = rung < 0 ? up(0, 0, metric) : up(rung, metric);
    double down = rung < 0 ? down(0, 0, metric) : down(rung, metric);
    return down > up + SAME ? new Cut(threshold, -1, down) : new Cut(threshold, 1, up);
  }

  private double up(int rung, Metric metric) {
    return up(rows[rung] - positives[rung], positives[rung], metric);
  }

  private double down(int rung, Metric metric) {
    return down(rows[rung] - positives[rung], positives[rung], metric);
  }

  private double up(int negativesBelow, int positivesBelow, Metric metric) {
    return TwoWay.score(
        metric,
        negativesBelow,
        negatives() - negativesBelow,
        positivesBelow,
        positives() - positivesBelow);
  }

  private double down(int negativesBelow, int positivesBelow, Metric metric) {
    return TwoWay.score(
        metric,
        negatives() - negativesBelow,
        negativesBelow,
        positives() - positivesBelow,
        positivesBelow);
  }

  /**
   * The best cut halfway between two neighbouring rungs. At equal scores the widest gap wins, then
   * the lowest cut, then polarity 1, so that the result does not depend on the order of rows.
   */
  Cut bestCut(Metric metric) {
    return switch (metric) {
      case ACCURACY -> bestByAccuracy();
      case BALANCED_ACCURACY, AUC -> bestOfSums(positives(), negatives(), metric);
      case MACRO_F1, MCC -> bestOfAll(metric);
    };
  }

  /**
   * Finds what {@link #bestOfSums} finds with equal weights, but faster: a first loop only takes
   * the extremes of each block, and only blocks with a best rung are looked at again.
   */
  private Cut bestByAccuracy() {
    int blocks = (size - 1 + BLOCK - 1) / BLOCK;
    if (mostOfBlock.length < blocks) {
      mostOfBlock = new int[blocks];
      leastOfBlock = new int[blocks];
    }
    int most = Integer.MIN_VALUE;
    int least = Integer.MAX_VALUE;
    for (int block = 0; block < blocks; block++) {
      findExtremes(block);
      most = Math.max(most, mostOfBlock[block]);
      least = Math.min(least, leastOfBlock[block]);
    }
    int best = Math.max(positives() + most, negatives() - least);
    int up = best - positives();
    int down = negatives() - best;
    int chosen = -1;
    for (int block = 0; block < blocks; block++) {
      if (mostOfBlock[block] == up || leastOfBlock[block] == down) {
        chosen = widest(block, up, down, chosen);
      }
    }
    boolean isUp = rows[chosen] - 2 * positives[chosen] == up;
    return cut(chosen, isUp, Metric.ACCURACY);
  }

  private void findExtremes(int block) {
    int[] rowsThrough = rows;
    int[] positivesThrough = positives;
    int most = Integer.MIN_VALUE;
    int least = Integer.MAX_VALUE;
    int end = Math.min(size - 1, (block + 1) * BLOCK);
    for (int rung = block * BLOCK; rung < end; rung++) {
      int sum = rowsThrough[rung] - 2 * positivesThrough[rung];
      most = Math.max(most, sum);
      least = Math.min(least, sum);
    }
    mostOfBlock[block] = most;
    leastOfBlock[block] = least;
  }

  /**
   * Of the rungs of a block with one of those sums, and the rung chosen in earlier blocks, the one
   * with the widest gap above it.
   *
   * @param before the rung chosen in earlier blocks; -1 if there is none
   */
  private int widest(int block, int up, int down, int before) {
    int chosen = before;
    double widest = before < 0 ? -1 : gap(before);
    int end = Math.min(size - 1, (block + 1) * BLOCK);
    for (int rung = block * BLOCK; rung < end; rung++) {
      int sum = rows[rung] - 2 * positives[rung];
      if ((sum == up || sum == down) && gap(rung) > widest) {
        chosen = rung;
        widest = gap(rung);
      }
    }
    return chosen;
  }

  /**
   * The best cut by a score that is a weighted sum of right rows: integers find it exactly and
   * fast.
   */
  private Cut bestOfSums(long negativeWeight, long positiveWeight, Metric metric) {
    long upBase = positiveWeight * positives();
    long downBase = negativeWeight * negatives();
    long most = Long.MIN_VALUE;
    long least = Long.MAX_VALUE;
    for (int rung = 0; rung < size - 1; rung++) {
      long sum = sum(rung, negativeWeight, positiveWeight);
      most = Math.max(most, sum);
      least = Math.min(least, sum);
    }
    long best = Math.max(upBase + most, downBase - least);
    int chosen = -1;
    double widest = -1;
    for (int rung = 0; rung < size - 1; rung++) {
      long sum = sum(rung, negativeWeight, positiveWeight);
      if (upBase + sum == best || downBase - sum == best) {
        double gap = gap(rung);
        chosen = gap > widest ? rung : chosen;
        widest = Math.max(gap, widest);
      }
    }
    boolean isUp = upBase + sum(chosen, negativeWeight, positiveWeight) == best;
    return cut(chosen, isUp, metric);
  }

  private long sum(int rung, long negativeWeight, long positiveWeight) {
    return negativeWeight * (rows[rung] - positives[rung]) - positiveWeight * positives[rung];
  }

  private Cut bestOfAll(Metric metric) {
    int chosen = 0;
    double best = Double.NEGATIVE_INFINITY;
    for (int rung = 0; rung < size - 1; rung++) {
      double score = Math.max(up(rung, metric), down(rung, metric));
      if (score > best + SAME || score > best - SAME && gap(rung) > gap(chosen)) {
        best = score;
        chosen = rung;
      }
    }
    return cut(chosen, !(down(chosen, metric) > up(chosen, metric) + SAME), metric);
  }

  private Cut cut(int rung, boolean isUp, Metric metric) {
    return Cut.between(
        type.value(keys[rung]),
        type.value(keys[rung + 1]),
        isUp ? 1 : -1,
        isUp ? up(rung, metric) : down(rung, metric));
  }

  private double gap(int rung) {
    return type.value(keys[rung + 1]) - type.value(keys[rung]);
  }
}
