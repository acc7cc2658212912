package io.superneurons.neuron.statistics;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How many neurons have which p-value, in steps of less than a twentieth, so that any number of
 * neurons takes a few kilobytes and shards' counts can be added. A step counts as its largest
 * p-value, so that no more is found by it than by the p-values themselves. What they would find
 * more lies in few steps, see {@link #doubt}.
 */
public final class PValueCounts implements Serializable {
  private static final long serialVersionUID = 1;

  /** Steps for each halving of the p-value. */
  private static final int PER_HALVING = 16;

  /** All p-values below two to the minus this share a step. */
  private static final int HALVINGS = 64;

  private static final int STEPS = PER_HALVING * HALVINGS + 1;

  /** Bytes that one of these takes. */
  public static final long BYTES = Integer.BYTES * (long) STEPS;

  /** The largest p-value that each step counts as [steps]; 0 after the last one. */
  private static final double[] LARGEST = new double[STEPS + 1];

  static {
    for (int step = 0; step < STEPS; step++) {
      LARGEST[step] = Math.pow(2, -(double) step / PER_HALVING);
    }
  }

  private final int[] counts = new int[STEPS]; // from p-values of 1 down

  /**
   * Which p-values have to be looked at one by one to tell which discovery is the largest.
   *
   * @param above at most this is a discovery; 0 where there is none by steps
   * @param atMost above this is none; {@code above} where there is no doubt
   * @param below how many p-values are at most {@code above}
   * @param tried how many there are in all
   */
  public record Doubt(double above, double atMost, long below, long tried) implements Serializable {
    /** Whether a p-value is among them. */
    public boolean holds(double pValue) {
      return pValue > above && pValue <= atMost;
    }

    /** Whether any may be. */
    public boolean isOpen() {
      return atMost > above;
    }

    /**
     * The discoveries, exactly as {@link FalseDiscovery} has them.
     *
     * @param rate the share of false ones among the discoveries that is accepted
     * @param held all p-values in doubt, in any order
     */
    public Limit limit(double rate, double[] held) {
      double[] sorted = held.clone();
      Arrays.sort(sorted);
      for (int i = sorted.length - 1; i >= 0; i--) {
        long found = below + i + 1;
        if (sorted[i] * tried / found <= rate) {
          return new Limit(sorted[i], found);
        }
      }
      return new Limit(above, below);
    }
  }

  /**
   * The discoveries among p-values.
   *
   * @param pValue the largest one; 0 if there is none
   * @param neurons that have at most that
   */
  public record Limit(double pValue, long neurons) {}

  /** Counts a p-value; NaN, which neurons have that cannot be selected, is left out. */
  public void add(double pValue) {
    if (Double.isNaN(pValue)) {
      return;
    }
    counts[step(pValue)]++;
  }

  private static int step(double pValue) {
    if (pValue >= 1) {
      return 0;
    }
    int near = (int) Math.min(STEPS - 1, -PER_HALVING * Math.log(pValue) / Math.log(2));
    if (pValue > LARGEST[near]) { // logarithms are rounded
      return near - 1;
    }
    return pValue <= LARGEST[near + 1] && near + 1 < STEPS ? near + 1 : near;
  }

  /** Adds the counts of other neurons. */
  public void add(PValueCounts other) {
    for (int step = 0; step < STEPS; step++) {
      counts[step] += other.counts[step];
    }
  }

  /**
   * The largest p-value that is a discovery by Benjamini and Hochberg, see {@link FalseDiscovery}.
   *
   * @param rate the share of false ones among the discoveries that is accepted
   * @return 0 if there is no discovery
   */
  public double largestDiscovery(double rate) {
    return doubt(rate).above();
  }

  /**
   * What steps do not tell of the discoveries by Benjamini and Hochberg, see {@link
   * FalseDiscovery}.
   *
   * @param rate the share of false ones among the discoveries that is accepted
   */
  public Doubt doubt(double rate) {
    long tried = Arrays.stream(counts).asLongStream().sum();
    double open = 0;
    long atMost = tried;
    for (int step = 0; step < STEPS && atMost > 0; step++) {
      if (LARGEST[step] * tried / atMost <= rate) {
        return new Doubt(LARGEST[step], Math.max(open, LARGEST[step]), atMost, tried);
      }
      boolean may = counts[step] > 0 && LARGEST[step + 1] * tried / atMost <= rate;
      open = may && open == 0 ? LARGEST[step] : open;
      atMost -= counts[step];
    }
    return new Doubt(0, open, 0, tried);
  }
}
