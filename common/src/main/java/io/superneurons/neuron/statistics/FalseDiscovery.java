package io.superneurons.neuron.statistics;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Benjamini and Hochberg's q-values: for each p-value the least false discovery rate at which it is
 * a discovery. Many neurons share a p-value, so this holds each distinct p-value once, not each
 * neuron.
 */
public final class FalseDiscovery implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[] pValues;
  private final double[] qValues;

  /**
   * Ranks p-values.
   *
   * @param pValues in any order; a value may occur at several places [entries]
   * @param counts for how many neurons each entry stands [entries]
   */
  public FalseDiscovery(double[] pValues, long[] counts) {
    this.pValues = distinct(pValues);
    long[] tried = new long[this.pValues.length];
    for (int i = 0; i < pValues.length; i++) {
      tried[Arrays.binarySearch(this.pValues, pValues[i])] += counts[i];
    }
    Arrays.parallelPrefix(tried, Long::sum);
    this.qValues = new double[tried.length];
    double least = Double.POSITIVE_INFINITY;
    for (int i = tried.length - 1; i >= 0; i--) {
      least = Math.min(least, this.pValues[i] * tried[tried.length - 1] / tried[i]);
      qValues[i] = least;
    }
  }

  /** The distinct values among those numbers, ascending [distinct]. */
  public static double[] distinct(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int size = 0;
    for (double number : sorted) {
      if (size == 0 || number != sorted[size - 1]) {
        sorted[size++] = number;
      }
    }
    return Arrays.copyOf(sorted, size);
  }

  /**
   * The q-value of a p-value, ranked or not; 1 of one above all that were ranked, NaN of NaN, which
   * is not ranked.
   */
  public double qValue(double pValue) {
    if (Double.isNaN(pValue)) {
      return Double.NaN;
    }
    int found = Arrays.binarySearch(pValues, pValue);
    int place = found < 0 ? -found - 1 : found;
    return place == qValues.length ? 1 : qValues[place];
  }
}
