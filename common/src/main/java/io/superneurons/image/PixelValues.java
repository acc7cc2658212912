package io.superneurons.image;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a vision tower takes of an image: samples of 8 bits with their shape, row-major, and what
 * each of them is worth. One image is [3, height, width], tiles are [tiles, 3, height, width],
 * patches [patches, samples]. They become numbers on the model's device, so that a quarter of the
 * bytes travels there.
 *
 * @param samples unsigned, as many as the shape's product
 * @param shape sizes of the dimensions, outermost first, each at least 1
 * @param run how many samples of one channel stand side by side, after which as many of the next
 *     channel follow: a plane of an image or of a patch; 1 where each pixel's channels stand
 *     together
 * @param table what the samples are worth
 */
public record PixelValues(byte[] samples, int[] shape, int run, SampleTable table) {
  /**
   * Checks the shape and the runs against the number of samples.
   *
   * @throws IllegalArgumentException if they disagree
   */
  public PixelValues {
    long expected = 1;
    for (int size : shape) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "Pixel values need positive sizes, got shape " + Arrays.toString(shape));
      }
      expected = Math.multiplyExact(expected, size);
    }
    if (shape.length == 0 || expected != samples.length) {
      throw new IllegalArgumentException(
          "Shape " + Arrays.toString(shape) + " does not hold " + samples.length + " pixel values");
    }
    if (run < 1 || samples.length % ((long) RgbImage.CHANNELS * run) != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d samples are not runs of %d of each channel", samples.length, run));
    }
  }

  /** The same in another shape, with as many samples. */
  public PixelValues withShape(int... other) {
    return new PixelValues(samples, other, run, table);
  }

  /** The rescaled and normalised values, one for each sample, in the samples' order. */
  public float[] values() {
    float[] values = new float[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = table.value(i / run % RgbImage.CHANNELS, samples[i] & 0xff);
    }
    return values;
  }

  /** Whether the other has the same samples in the same order, which are worth the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PixelValues that
        && run == that.run
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(samples, that.samples)
        && table.equals(that.table);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(samples);
  }

  @Override
  public String toString() {
    return "PixelValues" + Arrays.toString(shape);
  }
}
