package io.superneurons.image;

/**
 * Height and width of an image, in the order in which Hugging Face gives them.
 *
 * @param height rows, at least 1
 * @param width pixels in a row, at least 1
 */
public record ImageSize(int height, int width) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if a side is not positive
   */
  public ImageSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "An image size needs positive sides, got height " + height + ", width " + width);
    }
  }

  /** A square of that side. */
  public static ImageSize square(int side) {
    return new ImageSize(side, side);
  }

  /** Height times width, in pixels. */
  public long pixels() {
    return (long) height * width;
  }

  @Override
  public String toString() {
    return height + " x " + width;
  }
}
