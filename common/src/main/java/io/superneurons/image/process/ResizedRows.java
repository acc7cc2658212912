package io.superneurons.image.process;

import io.superneurons.image.RgbImage;

/**
 * The rows of an image as whole numbers, each resized along its width when it is asked for. Two
 * rows are resized at once, one in each half of a long: half as many multiplications, and the
 * halves do not touch, since the sums of a row fit into 32 bits with a sign.
 *
 * <p>Not thread-safe. Rows are asked for from the first on, and only the latest are kept.
 */
final class ResizedRows {
  private static final int CHANNELS = RgbImage.CHANNELS;

  private final RgbImage image;
  private final ResampleWeights weights; // null: rows stay as they are
  private final int end;
  private final int[][] kept; // [rows, samples], row y at y modulo their number
  private final long[] pair; // [image.width, 3], two rows
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
    int width = weights == null ? image.width() : weights.outputs();
    // One more, since two are made at once.
    this.kept = new int[Math.min(most, to - from) + 1][width * CHANNELS];
    this.pair = new long[weights == null ? 0 : image.width() * CHANNELS];
  }

  /** Samples of a row after resizing. */
  int line() {
    return kept[0].length;
  }

  /** A row's samples, 0 to 255: [width, 3]; good until rows further down push it out. */
  int[] row(int y) {
    while (next <= y) {
      int second = Math.min(next + 1, end - 1);
      if (weights == null) {
        copy(next, slot(next));
        second = next;
      } else {
        resize(next, second);
      }
      next = second + 1;
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

  private void resize(int first, int second) {
    pack(image.offset(0, first), image.offset(0, second));
    int[] upper = slot(first);
    int[] lower = slot(second);
    int[] factors = weights.factors();
    int bits = weights.fractionalBits();
    long half = (1L << (bits - 1)) * (1 + (1L << Integer.SIZE)); // so that the shift rounds
    for (int x = 0, o = 0; x < weights.outputs(); x++, o += CHANNELS) {
      int i = weights.first(x) * CHANNELS;
      int k = x * weights.stride();
      long red = half;
      long green = half;
      long blue = half;
      for (int end = k + weights.count(x); k < end; k++, i += CHANNELS) {
        long factor = factors[k];
        red += pair[i] * factor;
        green += pair[i + 1] * factor;
        blue += pair[i + 2] * factor;
      }
      put(red, bits, upper, lower, o);
      put(green, bits, upper, lower, o + 1);
      put(blue, bits, upper, lower, o + 2);
    }
  }

  private void pack(int first, int second) {
    byte[] in = image.rgb(); // [height, width, 3]
    int to = weights.lastRead() * CHANNELS;
    for (int i = weights.firstRead() * CHANNELS; i < to; i++) {
      pair[i] = in[first + i] & 0xff | (long) (in[second + i] & 0xff) << Integer.SIZE;
    }
  }

  private static void put(long sums, int bits, int[] upper, int[] lower, int o) {
    int low = (int) sums;
    int high = (int) ((sums - low) >> Integer.SIZE);
    upper[o] = clip(low >> bits);
    lower[o] = clip(high >> bits);
  }

  /** The nearest number that a sample of 8 bits can be. */
  static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
