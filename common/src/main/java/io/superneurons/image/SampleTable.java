package io.superneurons.image;

import java.util.Arrays;

/**
 * What the samples of 8 bits of an image are to a vision tower: rescaled and normalised. A channel
 * has 256 of them, so that is a table.
 *
 * @param values of red's samples 0 to 255, then of green's, then of blue's [3 * 256]
 */
public record SampleTable(float[] values) {
  /** Samples that a channel can have. */
  public static final int SAMPLES = 256;

  /**
   * Checks the number of values.
   *
   * @throws IllegalArgumentException if it is another
   */
  public SampleTable {
    if (values.length != RgbImage.CHANNELS * SAMPLES) {
      throw new IllegalArgumentException(
          "A table has a value for each of 3 * 256 samples, got " + values.length);
    }
  }

  /** The value of a sample, 0 to 255, of a channel, 0 to 2. */
  public float value(int channel, int sample) {
    return values[channel * SAMPLES + sample];
  }

  /** Whether the other has, bit for bit, the same values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SampleTable that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "SampleTable";
  }
}
