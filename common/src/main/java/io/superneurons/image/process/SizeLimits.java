package io.superneurons.image.process;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How large images may be once they are prepared: by pixels where a family takes images of any
 * size, by tiles where it cuts them into such. What is null is the checkpoint's own.
 *
 * @param leastPixels images with fewer are enlarged ({@code min_pixels} or {@code
 *     size.shortest_edge})
 * @param mostPixels images with more are made smaller ({@code max_pixels} or {@code
 *     size.longest_edge})
 * @param mostTiles that an image is cut into, the view of the whole beside them not counted
 */
public record SizeLimits(Long leastPixels, Long mostPixels, Long mostTiles)
    implements Serializable {
  /** All are the checkpoint's own, or it has none. */
  public static final SizeLimits OWN = new SizeLimits(null, null, null);

  private static final String MIN_PIXELS = "min_pixels";
  private static final String MAX_PIXELS = "max_pixels";
  private static final String MAX_TILES = "max_tiles";

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a limit is not positive, the least exceeds the most, or
   *     there are limits of both kinds
   */
  public SizeLimits {
    if ((leastPixels != null && leastPixels < 1) || (mostPixels != null && mostPixels < 1)) {
      throw new IllegalArgumentException(
          "min-pixels and max-pixels must be positive, not " + leastPixels + " and " + mostPixels);
    }
    if (leastPixels != null && mostPixels != null && leastPixels > mostPixels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "min-pixels %d is more than max-pixels %d; give both",
              leastPixels,
              mostPixels));
    }
    if (mostTiles != null && mostTiles < 1) {
      throw new IllegalArgumentException("max-tiles must be positive, not " + mostTiles);
    }
    if (mostTiles != null && (leastPixels != null || mostPixels != null)) {
      throw new IllegalArgumentException(
          "min-pixels and max-pixels are for families that take images of any size, max-tiles for"
              + " those that cut them into tiles; give those of one kind");
    }
  }

  /** Limits of pixels; null for the checkpoint's own. */
  public static SizeLimits ofPixels(Long least, Long most) {
    return new SizeLimits(least, most, null);
  }

  /** A limit of tiles. */
  public static SizeLimits ofTiles(long most) {
    return new SizeLimits(null, null, most);
  }

  /**
   * What was recorded; {@link #OWN} where nothing was.
   *
   * @param image image settings of activations or of {@code superneurons.json}
   * @throws IllegalArgumentException if the limits cannot hold
   */
  public static SizeLimits of(Map<String, Object> image) {
    return new SizeLimits(
        limit(image, MIN_PIXELS), limit(image, MAX_PIXELS), limit(image, MAX_TILES));
  }

  private static Long limit(Map<String, Object> image, String key) {
    return image.get(key) instanceof Number number ? number.longValue() : null;
  }

  /** As it is recorded: those that are set. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    put(map, MIN_PIXELS, leastPixels);
    put(map, MAX_PIXELS, mostPixels);
    put(map, MAX_TILES, mostTiles);
    return map;
  }

  private static void put(Map<String, Object> map, String key, Long limit) {
    if (limit != null) {
      map.put(key, limit);
    }
  }

  /** Whether a limit of pixels is set. */
  public boolean isOfPixels() {
    return leastPixels != null || mostPixels != null;
  }

  /** Whether a limit of tiles is set. */
  public boolean isOfTiles() {
    return mostTiles != null;
  }

  /**
   * These where they are set, others where they are not.
   *
   * @throws IllegalArgumentException if they cannot hold together
   */
  public SizeLimits orElse(SizeLimits others) {
    return new SizeLimits(
        leastPixels == null ? others.leastPixels : leastPixels,
        mostPixels == null ? others.mostPixels : mostPixels,
        mostTiles == null ? others.mostTiles : mostTiles);
  }

  /** Such as {@code 3,136 to 200,704 pixels}, or {@code at most 4 tiles}. */
  public String text() {
    if (isOfTiles()) {
      return String.format(
          Locale.ROOT, "at most %,d %s", mostTiles, mostTiles == 1 ? "tile" : "tiles");
    }
    if (mostPixels == null) {
      return leastPixels == null
          ? "the checkpoint's own size"
          : String.format(Locale.ROOT, "at least %,d pixels", leastPixels);
    }
    return leastPixels == null
        ? String.format(Locale.ROOT, "at most %,d pixels", mostPixels)
        : String.format(Locale.ROOT, "%,d to %,d pixels", leastPixels, mostPixels);
  }
}
