package io.superneurons.image.process;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * How Idefics3's and SmolVLM's processors cut an image into tiles.
 *
 * @param longestEdge of the resized image, in pixels ({@code size.longest_edge}); empty where it is
 *     not resized before it is brought to multiples of the tile's side
 * @param tile side of a tile, in pixels ({@code max_image_size.longest_edge})
 * @param splitting whether there are tiles
 */
public record SplitSettings(OptionalInt longestEdge, int tile, Splitting splitting) {
  /** {@code MAX_IMAGE_SIZE}: no side is longer after the first resizing. */
  static final int LARGEST_SIDE = 4096;

  /** Whether an image is cut into tiles ({@code do_image_splitting}). */
  public enum Splitting {
    /** Tiles and the whole image. */
    TILES,
    /** The whole image only, made square. */
    NONE
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a length is not positive
   */
  public SplitSettings {
    int edge = longestEdge.orElse(1);
    if (edge < 1 || tile < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "size.longest_edge and max_image_size.longest_edge must be positive, got %d and %d",
              edge,
              tile));
    }
  }

  /**
   * The most tiles of an image, the view of the whole beside them not counted: those of a square
   * one. No limit where images are cut as large as they are.
   */
  public SizeLimits limits() {
    if (splitting == Splitting.NONE) {
      return SizeLimits.ofTiles(1);
    }
    if (longestEdge.isEmpty()) {
      return SizeLimits.OWN;
    }
    long side = tilesOfSide(longestEdge.getAsInt());
    return SizeLimits.ofTiles(side * side);
  }

  private int tilesOfSide(int edge) {
    int longest = Math.min(edge + edge % 2, LARGEST_SIDE); // the shorter side is made even
    return (longest - 1) / tile + 1;
  }

  /**
   * The same with fewer tiles: with the longest edge, in whole tiles, whose square has no more of
   * them than are asked for. What has no more already stays as it is.
   */
  public SplitSettings within(SizeLimits asked) {
    SizeLimits own = limits();
    if (!asked.isOfTiles() || !own.isOfTiles() || own.mostTiles() <= asked.mostTiles()) {
      return this;
    }
    int edge = (int) Math.sqrt(asked.mostTiles()) * tile;
    return new SplitSettings(OptionalInt.of(edge - edge % 2), tile, splitting);
  }
}
