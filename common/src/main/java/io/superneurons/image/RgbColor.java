package io.superneurons.image;

import java.util.Locale;

/**
 * A colour of 8-bit samples.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record RgbColor(int red, int green, int blue) {
  /** No light. */
  public static final RgbColor BLACK = new RgbColor(0, 0, 0);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if a sample is outside 0 to 255
   */
  public RgbColor {
    if (((red | green | blue) & ~0xff) != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "A colour's samples are 0 to 255, got %d, %d, %d", red, green, blue));
    }
  }
}
