package io.superneurons.neuron.cascade;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether votes are right as often as their {@link Calibration} says, on rows that had no part in
 * it: rows in ten bins of equal width by their probability (a reliability diagram).
 *
 * @param bins those that have rows, by ascending probability
 */
public record Reliability(List<Bin> bins) {
  private static final int BINS = 10;

  /**
   * Rows with about the same probability.
   *
   * @param rows how many
   * @param probability their mean
   * @param right the share of them that is right
   */
  public record Bin(int rows, double probability, double right) {}

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * Bins rows.
   *
   * @param probabilities from 0 to 1 [rows]
   * @param right whether each row is right [rows]
   */
  public static Reliability of(double[] probabilities, boolean[] right) {
    int[] rows = new int[BINS];
    int[] rightRows = new int[BINS];
    double[] sums = new double[BINS];
    for (int row = 0; row < right.length; row++) {
      int bin = Math.min(BINS - 1, (int) (probabilities[row] * BINS));
      rows[bin]++;
      sums[bin] += probabilities[row];
      rightRows[bin] += right[row] ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      if (rows[bin] > 0) {
        bins.add(new Bin(rows[bin], sums[bin] / rows[bin], (double) rightRows[bin] / rows[bin]));
      }
    }
    return new Reliability(bins);
  }

  /**
   * The expected calibration error: how far the share of right rows is from the mean probability,
   * averaged over the rows (Naeini and others, 2015). NaN if there are no rows.
   */
  public double error() {
    double off = 0;
    int rows = 0;
    for (Bin bin : bins) {
      off += bin.rows * Math.abs(bin.right - bin.probability);
      rows += bin.rows;
    }
    return off / rows;
  }
}
