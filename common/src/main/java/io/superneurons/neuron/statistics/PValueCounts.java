package io.superneurons.neuron.statistics;

import java.io.Serializable;

/**
 * How many neurons have which p-value, in steps of less than a twentieth, so that any number of
 * neurons takes a few kilobytes and shards' counts can be added. A step counts as its largest
 * p-value, so that no more is found by it than by the p-values themselves.
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

  private final int[] counts = new int[STEPS]; // from p-values of 1 down

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
    int below = (int) Math.min(STEPS - 1, -PER_HALVING * Math.log(pValue) / Math.log(2));
    return pValue > largest(below) ? below - 1 : below; // logarithms are rounded
  }

  /** The largest p-value that a step counts as. */
  private static double largest(int step) {
    return Math.pow(2, -(double) step / PER_HALVING);
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
    long tried = 0;
    for (int count : counts) {
      tried += count;
    }
    long atMost = tried;
    for (int step = 0; step < STEPS && atMost > 0; step++) {
      if (largest(step) * tried <= rate * atMost) {
        return largest(step);
      }
      atMost -= counts[step];
    }
    return 0;
  }

  /** How many p-values are at most one that {@link #largestDiscovery} named. */
  public long atMost(double pValue) {
    long found = 0;
    for (int step = STEPS - 1; step >= 0 && largest(step) <= pValue; step--) {
      found += counts[step];
    }
    return found;
  }
}
