package io.superneurons.image;

import java.util.Arrays;
import java.util.Locale;

/**
 * A decoded image: 8-bit red, green, blue, as Pillow's mode {@code RGB}. Immutable by convention:
 * the array is not copied, and nobody writes to it once the image is made.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param rgb interleaved samples in row-major order, unsigned: [height, width, 3]
 */
public record RgbImage(int width, int height, byte[] rgb) {
  /** Samples of a pixel. */
  public static final int CHANNELS = 3;

  /**
   * Checks that the array has the size that width and height promise.
   *
   * @throws IllegalArgumentException if it has not
   */
  public RgbImage {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "An image needs at least one pixel, got width " + width + ", height " + height);
    }
    long expected = (long) width * height * CHANNELS;
    if (rgb.length != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "An RGB image of %d x %d pixels has %d bytes, got %d",
              width,
              height,
              expected,
              rgb.length));
    }
  }

  /**
   * An image of one colour.
   *
   * @param size its height and width
   * @param color its red, green and blue
   */
  public static RgbImage filled(ImageSize size, RgbColor color) {
    byte[] rgb = new byte[Math.toIntExact(size.pixels() * CHANNELS)]; // [height, width, 3]
    if (!color.equals(RgbColor.BLACK)) {
      for (int i = 0; i < rgb.length; i += CHANNELS) {
        rgb[i] = (byte) color.red();
        rgb[i + 1] = (byte) color.green();
        rgb[i + 2] = (byte) color.blue();
      }
    }
    return new RgbImage(size.width(), size.height(), rgb);
  }

  /** Height and width. */
  public ImageSize size() {
    return new ImageSize(height, width);
  }

  /** Where the red sample of a pixel stands in {@link #rgb}. */
  public int offset(int x, int y) {
    return (y * width + x) * CHANNELS;
  }

  /** Whether the other is an image of the same size and samples. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RgbImage that
        && width == that.width
        && height == that.height
        && Arrays.equals(rgb, that.rgb);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "RgbImage[" + width + " x " + height + "]";
  }
}
