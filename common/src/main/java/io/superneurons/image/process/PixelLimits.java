package io.superneurons.image.process;

import java.io.Serializable;
import java.util.Locale;

/**
 * How many pixels an image may have once it is resized, where a model takes images of any size.
 * Either limit may be null: the checkpoint's own.
 *
 * @param least images with fewer are enlarged ({@code min_pixels} or {@code size.shortest_edge})
 * @param most images with more are made smaller ({@code max_pixels} or {@code size.longest_edge})
 */
public record PixelLimits(Long least, Long most) implements Serializable {
  /** Both are the checkpoint's own. */
  public static final PixelLimits OWN = new PixelLimits(null, null);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if a limit is not positive or the least exceeds the most
   */
  public PixelLimits {
    if ((least != null && least < 1) || (most != null && most < 1)) {
      throw new IllegalArgumentException(
          "min-pixels and max-pixels must be positive, not " + least + " and " + most);
    }
    if (least != null && most != null && least > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "min-pixels %d is more than max-pixels %d; give both", least, most));
    }
  }

  /** The limits of a processor. */
  public static PixelLimits of(PatchSettings settings) {
    return new PixelLimits(settings.minPixels(), settings.maxPixels());
  }

  /**
   * These where they are set, others where they are not.
   *
   * @throws IllegalArgumentException if the least of both together exceeds the most
   */
  public PixelLimits orElse(PixelLimits others) {
    return new PixelLimits(least == null ? others.least : least, most == null ? others.most : most);
  }
}
