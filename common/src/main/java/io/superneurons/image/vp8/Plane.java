package io.superneurons.image.vp8;

import java.util.Arrays;

/**
 * One plane of a VP8 frame, whole macroblocks wide and high, with a border above (127) and to the
 * left (129) that the first macroblocks are predicted from.
 */
final class Plane {
  private static final int ABOVE = 127;
  private static final int LEFT = 129;

  private final int stride;
  private final byte[] samples; // [1 + height, stride], of each row the first is border

  /** A plane of that size, its border set. */
  Plane(int width, int height) {
    stride = width + 1;
    samples = new byte[Math.multiplyExact(stride, height + 1)];
    Arrays.fill(samples, 0, stride, (byte) ABOVE);
    for (int y = 0; y < height; y++) {
      samples[position(-1, y)] = (byte) LEFT;
    }
  }

  /** Where a sample stands. */
  int position(int x, int y) {
    return (y + 1) * stride + x + 1;
  }

  /** Distance between a sample and that below. */
  int stride() {
    return stride;
  }

  /** A sample, 0 to 255. */
  int get(int position) {
    return samples[position] & 0xff;
  }

  /** Sets a sample, 0 to 255. */
  void set(int position, int value) {
    samples[position] = (byte) value;
  }

  /** Sets a sample to a value clipped to 0 to 255. */
  void setClipped(int position, int value) {
    samples[position] = (byte) Math.max(0, Math.min(255, value));
  }

  /** Adds to a sample, clipped to 0 to 255. */
  void add(int position, int difference) {
    setClipped(position, get(position) + difference);
  }

  /** Sets a square of samples to one value. */
  void fill(int position, int side, int value) {
    for (int y = 0; y < side; y++) {
      int row = position + y * stride;
      Arrays.fill(samples, row, row + side, (byte) value);
    }
  }
}
