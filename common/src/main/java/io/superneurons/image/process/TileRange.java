package io.superneurons.image.process;

import java.util.Locale;

/**
 * How many tiles InternVL's processor may cut an image into; the view of the whole, which it adds
 * where there is more than one, is not counted.
 *
 * @param fewest tiles of a grid ({@code min_patches})
 * @param most tiles of a grid ({@code max_patches})
 */
public record TileRange(int fewest, int most) {
  /** More than may be asked for would be hundreds of thousands of tokens. */
  private static final int LARGEST_MOST = 1000;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if there is no such grid
   */
  public TileRange {
    if (fewest < 1 || most < fewest) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "min_patches must be positive and at most max_patches, got %d and %d",
              fewest,
              most));
    }
  }

  /** The most tiles. */
  public SizeLimits limits() {
    return SizeLimits.ofTiles(most);
  }

  /**
   * The same with another limit of tiles.
   *
   * @throws IllegalArgumentException if it is below the fewest, or above 1000
   */
  public TileRange within(SizeLimits asked) {
    if (!asked.isOfTiles()) {
      return this;
    }
    if (asked.mostTiles() < fewest) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "max-tiles %d is less than the checkpoint's min_patches, %d",
              asked.mostTiles(),
              fewest));
    }
    if (asked.mostTiles() > LARGEST_MOST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "max-tiles must be at most %d, not %d",
              LARGEST_MOST,
              asked.mostTiles()));
    }
    return new TileRange(fewest, asked.mostTiles().intValue());
  }
}
