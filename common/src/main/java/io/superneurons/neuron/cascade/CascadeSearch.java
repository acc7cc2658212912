package io.superneurons.neuron.cascade;

import io.superneurons.neuron.chosen.HeldOut;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Finds thresholds of a cascade on held-out rows, by trying them together: what a level is worth
 * depends on which rows the levels before it leave. A level's thresholds are 0 (no row goes on) and
 * one above each margin that occurs; where trying all of them would take too long, evenly spaced
 * ones among these.
 */
public final class CascadeSearch {
  private static final Comparator<Sum> FEWEST_LAYERS =
      Comparator.comparingLong(Sum::layers)
          .thenComparing(Comparator.comparingInt(Sum::right).reversed());
  private static final Comparator<Sum> MOST_RIGHT =
      Comparator.comparingInt(Sum::right).reversed().thenComparingLong(Sum::layers);

  /**
   * At most about so many rows are looked at, each counted once for every combination of
   * thresholds.
   */
  private static final double WORK = 1e8;

  private static final int FEWEST_TRIED = 4;
  private static final double SAME = 1e-9;

  private final HeldOut heldOut;
  private final LastResort last;
  private final int[] layers;
  private final int[][] tried; // thresholds by level, ascending

  /**
   * How many of some rows get the right label, and how many layers they run through.
   *
   * @param right rows that get their label
   * @param layers of all of them together
   */
  private record Sum(int right, long layers) {
    Sum plus(Sum other) {
      return new Sum(right + other.right, layers + other.layers);
    }
  }

  /**
   * @param heldOut rows that the thresholds are tried on
   * @param last the last resort
   * @param layers see {@link CascadePlan#layersTaken}
   * @throws IllegalArgumentException if the model is the last resort and its answers are not known
   */
  public CascadeSearch(HeldOut heldOut, LastResort last, int[] layers) {
    this.heldOut = heldOut;
    this.last = last;
    this.layers = layers.clone();
    int rungs = CascadePlan.rungs(heldOut, last);
    if (layers.length != rungs) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d levels, not %d", rungs, layers.length));
    }
    if (last == LastResort.MODEL && !heldOut.hasAnswers()) {
      throw new IllegalArgumentException("What the model's own answers are worth is not known");
    }
    this.tried = new int[rungs - 1][];
    for (int level = 0; level < tried.length; level++) {
      tried[level] = thresholds(level);
    }
  }

  private int[] thresholds(int level) {
    TreeSet<Integer> all = new TreeSet<>();
    all.add(0);
    Arrays.stream(heldOut.margins()[level]).forEach(margin -> all.add(margin + 1));
    int[] sorted = all.stream().mapToInt(Integer::intValue).toArray();
    double combinations = WORK / heldOut.rows().length;
    int most = Math.max(FEWEST_TRIED, (int) Math.pow(combinations, 1.0 / tried.length));
    return sorted.length <= most
        ? sorted
        : IntStream.range(0, most)
            .map(i -> sorted[(int) ((long) i * (sorted.length - 1) / (most - 1))])
            .toArray();
  }

  /**
   * The thresholds that take the fewest layers of those by which at least that share of rows gets
   * its label; of equals the most accurate, then the lowest.
   *
   * @return nothing if no thresholds do
   */
  public Optional<CascadePlan> cheapest(double accuracy) {
    return new Walk(FEWEST_LAYERS, accuracy * heldOut.total() - SAME).run();
  }

  /** The thresholds by which the most rows get their label; of equals, those with fewest layers. */
  public CascadePlan mostAccurate() {
    return new Walk(MOST_RIGHT, 0).run().orElseThrow();
  }

  /**
   * Tries all combinations of thresholds, level by level, on the rows that the levels before leave.
   */
  private final class Walk {
    private final Comparator<Sum> order;
    private final double needed;
    private final int[] thresholds = new int[tried.length];
    private int[] bestThresholds;
    private Sum best;

    Walk(Comparator<Sum> order, double needed) {
      this.order = order;
      this.needed = needed;
    }

    Optional<CascadePlan> run() {
      descend(0, IntStream.range(0, heldOut.rows().length).toArray(), new Sum(0, 0));
      return Optional.ofNullable(bestThresholds)
          .map(found -> CascadePlan.of(heldOut, last, layers, found));
    }

    /**
     * @param left the kinds of rows that reach the level
     * @param decided the sum of the rows that do not
     */
    private void descend(int level, int[] left, Sum decided) {
      if (level == tried.length || left.length == 0) {
        Arrays.fill(thresholds, level, thresholds.length, 0);
        consider(decided.plus(sum(left, level)));
        return;
      }
      int[] margins = heldOut.margins()[level];
      for (int threshold : tried[level]) {
        thresholds[level] = threshold;
        int[] stay = Arrays.stream(left).filter(kind -> margins[kind] >= threshold).toArray();
        int[] on = Arrays.stream(left).filter(kind -> margins[kind] < threshold).toArray();
        descend(level + 1, on, decided.plus(sum(stay, level)));
      }
    }

    private Sum sum(int[] kinds, int rung) {
      int right = 0;
      int rows = 0;
      for (int kind : kinds) {
        rows += heldOut.rows()[kind];
        right += CascadePlan.isRight(heldOut, rung, kind) ? heldOut.rows()[kind] : 0;
      }
      return new Sum(right, (long) layers[rung] * rows);
    }

    private void consider(Sum sum) {
      if (sum.right() >= needed && (best == null || order.compare(sum, best) < 0)) {
        best = sum;
        bestThresholds = thresholds.clone();
      }
    }
  }
}
