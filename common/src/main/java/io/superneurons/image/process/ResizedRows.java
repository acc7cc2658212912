package io.superneurons.image.process;

import io.superneurons.image.RgbImage;
import java.util.Arrays;

/**
 * The rows of an image as whole numbers, each resized along its width when it is asked for. Many
 * rows are resized at once, turned so that their samples of one column lie side by side: so an
 * output column is a sum of vectors, which the compiler makes vector instructions of.
 *
 * <p>Not thread-safe. Rows are asked for from the first on, and only the latest are kept.
 */
final class ResizedRows {
  private static final int CHANNELS = RgbImage.CHANNELS;

  /** Rows that are resized at once. */
  private static final int MOST_AT_ONCE = 64;

  private final RgbImage image;
  private final ResampleWeights weights; // null: rows stay as they are
  private final int end;
  private final int atOnce;
  private final int[][] kept; // [rows, samples], row y at y modulo their number
  private final int[][] turned; // [image.width][3, atOnce]
  private final int[] sums; // [3, atOnce]
  private int next;

  /**
   * Rows of an image.
   *
   * @param weights along the width; null leaves the rows as they are
   * @param from the first row that will be asked for
   * @param to one past the last one
   * @param most how many rows in succession are used together
   */
  ResizedRows(RgbImage image, ResampleWeights weights, int from, int to, int most) {
    this.image = image;
    this.weights = weights;
    this.next = from;
    this.end = to;
    this.atOnce = weights == null ? 1 : Math.min(MOST_AT_ONCE, to - from);
    int width = weights == null ? image.width() : weights.outputs();
    this.kept = new int[Math.min(most, to - from) + atOnce - 1][width * CHANNELS];
    this.turned = new int[weights == null ? 0 : image.width()][CHANNELS * atOnce];
    this.sums = new int[CHANNELS * atOnce];
  }

  /** Samples of a row after resizing. */
  int line() {
    return kept[0].length;
  }

  /** A row's samples, 0 to 255: [width, 3]; good until rows further down push it out. */
  int[] row(int y) {
    while (next <= y) {
      int rows = Math.min(atOnce, end - next);
      if (weights == null) {
        copy(next, slot(next));
      } else {
        turn(next, rows);
        resize(next, rows);
      }
      next += rows;
    }
    return slot(y);
  }

  private int[] slot(int y) {
    return kept[y % kept.length];
  }

  private void copy(int y, int[] out) {
    byte[] in = image.rgb();
    int from = image.offset(0, y);
    for (int i = 0; i < out.length; i++) {
      out[i] = in[from + i] & 0xff;
    }
  }

  /** Turns rows into columns, as far as they are read. */
  private void turn(int first, int rows) {
    for (int x = weights.firstRead(); x < weights.lastRead(); x++) {
      turn(image.rgb(), image.offset(x, first), image.width() * CHANNELS, turned[x], rows);
    }
  }

  private void turn(byte[] in, int offset, int line, int[] column, int rows) {
    for (int row = 0, i = offset; row < rows; row++, i += line) {
      column[row] = in[i] & 0xff;
      column[atOnce + row] = in[i + 1] & 0xff;
      column[2 * atOnce + row] = in[i + 2] & 0xff;
    }
  }

  private void resize(int first, int rows) {
    int[] factors = weights.factors();
    int bits = weights.fractionalBits();
    for (int x = 0; x < weights.outputs(); x++) {
      Arrays.fill(sums, 1 << (bits - 1)); // so that the shift rounds
      int factor = x * weights.stride();
      FixedPoint.add(
          sums, column -> turned[column], weights.first(x), factors, factor, weights.count(x));
      FixedPoint.toSamples(sums, bits);
      for (int row = 0; row < rows; row++) {
        int[] out = slot(first + row);
        out[x * CHANNELS] = sums[row];
        out[x * CHANNELS + 1] = sums[atOnce + row];
        out[x * CHANNELS + 2] = sums[2 * atOnce + row];
      }
    }
  }
}
