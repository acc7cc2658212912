package io.superneurons.image;

import java.util.Locale;

/**
 * What an image may be before it is refused.
 *
 * @param maxPixels the largest width times height that a header may promise, in pixels
 */
public record ImageLimits(long maxPixels) {
  /** 100 megapixels: above what cameras give, below what fills a heap. */
  public static final ImageLimits DEFAULT = new ImageLimits(100_000_000L);

  /** An RGB image is one Java array, so it can hold no more pixels than this. */
  private static final long ARRAY_PIXELS = (Integer.MAX_VALUE - 8) / RgbImage.CHANNELS;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the limit is not positive
   */
  public ImageLimits {
    if (maxPixels < 1) {
      throw new IllegalArgumentException("The limit of pixels must be positive, got " + maxPixels);
    }
  }

  /**
   * Refuses a size that a header promises, before anything of that size is allocated.
   *
   * @param format the format's name, for the message
   * @param width as the header says
   * @param height as the header says
   * @return the size
   * @throws ImageException if a side is not positive or the product is above the limit
   */
  public ImageSize check(String format, long width, long height) {
    if (width < 1 || height < 1) {
      throw new ImageException(
          String.format(
              Locale.ROOT, "%s image with a broken header: size %d x %d", format, width, height));
    }
    long largest = Math.min(maxPixels, ARRAY_PIXELS);
    // Divided, not multiplied, since a header may promise 2^32 by 2^32 pixels.
    if (width > Integer.MAX_VALUE || height > largest / width) {
      throw new ImageException(
          String.format(
              Locale.ROOT,
              "%s image of %d x %d pixels is above the limit of %d pixels; shrink it, or raise the"
                  + " limit if it is trusted",
              format,
              width,
              height,
              largest));
    }
    return new ImageSize((int) height, (int) width);
  }
}
