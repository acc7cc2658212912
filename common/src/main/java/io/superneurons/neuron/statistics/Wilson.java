package io.superneurons.neuron.statistics;

import java.util.stream.IntStream;

/**
 * Wilson's interval of 95% for a share of rows, which has a width even where all rows are right.
 * Rows of one image err together, so that they count for as many as would leave the share as unsure
 * as its variance over images says (Korn and Graubard's effective number), and no more than there
 * are. Where so few images have a wrong row, or a right one, that this variance is a guess, they
 * count for no more than there are images.
 *
 * @param low lower end
 * @param high upper end
 */
public record Wilson(double low, double high) {
  /** Of the normal distribution, 97.5% lie below it. */
  private static final double Z = 1.959963984540054;

  /** With fewer images that have a wrong row, or a right one, their variance is a guess. */
  private static final int FEW = 10;

  /** The interval of a share of so many independent rows; they need not be whole. */
  public static Wilson of(double share, double rows) {
    double square = Z * Z / rows;
    double middle = (share + square / 2) / (1 + square);
    double half = Z / (1 + square) * Math.sqrt(share * (1 - share) / rows + square / rows / 4);
    return new Wilson(
        share == 0 ? 0 : Math.max(0, middle - half), share == 1 ? 1 : Math.min(1, middle + half));
  }

  /**
   * The interval of the share of right rows.
   *
   * @param right whether each row is right [rows]; at least one
   * @param images number of each row's image, from 0 [rows]
   */
  public static Wilson of(boolean[] right, int[] images) {
    int rows = right.length;
    double share = (double) IntStream.range(0, rows).filter(row -> right[row]).count() / rows;
    double[] residuals = new double[IntStream.of(images).max().orElseThrow() + 1];
    for (int row = 0; row < rows; row++) {
      residuals[images[row]] += (right[row] ? 1 : 0) - share;
    }
    long count = IntStream.of(images).distinct().count();
    long least = Math.min(images(right, images, true), images(right, images, false));
    if (least == 0 || count == 1) {
      return of(share, count);
    }
    double squares = 0;
    for (double residual : residuals) {
      squares += residual * residual;
    }
    double variance = squares / rows / rows * count / (count - 1);
    return of(share, Math.min(least < FEW ? count : rows, share * (1 - share) / variance));
  }

  /** How many images have a row that is right, or wrong. */
  private static long images(boolean[] right, int[] images, boolean wanted) {
    return IntStream.range(0, right.length)
        .filter(row -> right[row] == wanted)
        .map(row -> images[row])
        .distinct()
        .count();
  }
}
