package io.superneurons.jobs.results;

import java.util.Locale;
import java.util.Map;

/**
 * The pixels that prepared images have, as extract records them of families whose images may be of
 * any size.
 *
 * @param least images with fewer are enlarged
 * @param most images with more are made smaller
 */
public record PixelRange(long least, long most) {
  /** Of images that the checkpoint gives one size, or of which nothing is known. */
  public static final PixelRange NONE = new PixelRange(0, 0);

  /**
   * What was recorded; {@link #NONE} where no limits were.
   *
   * @param image image settings of activations or of {@code superneurons.json}
   */
  public static PixelRange of(Map<String, Object> image) {
    return image.get("min_pixels") instanceof Number least
            && image.get("max_pixels") instanceof Number most
        ? new PixelRange(least.longValue(), most.longValue())
        : NONE;
  }

  /** Such as {@code 3,136 to 200,704 pixels}. */
  public String text() {
    return equals(NONE)
        ? "no recorded size"
        : String.format(Locale.ROOT, "%,d to %,d pixels", least, most);
  }
}
