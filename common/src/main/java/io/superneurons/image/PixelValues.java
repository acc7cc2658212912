package io.superneurons.image;

import java.util.Arrays;

/**
 * What a vision tower takes: normalised samples with their shape, row-major. One image is [3,
 * height, width], tiles are [tiles, 3, height, width], flattened patches [patches, values].
 *
 * @param data as many values as the shape's product
 * @param shape sizes of the dimensions, outermost first, each at least 1
 */
public record PixelValues(float[] data, int[] shape) {
  /**
   * Checks the shape against the number of values.
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
    if (shape.length == 0 || expected != data.length) {
      throw new IllegalArgumentException(
          "Shape " + Arrays.toString(shape) + " does not hold " + data.length + " pixel values");
    }
  }

  /** Whether the other has the same shape and, bit for bit, the same values. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PixelValues that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "PixelValues" + Arrays.toString(shape);
  }
}
