package io.superneurons.image.process;

import io.superneurons.image.PixelValues;

/**
 * An image as tiles followed by the whole image, all of one size.
 *
 * @param values shape [tiles + 1, 3, side, side]; tiles row by row, then the whole
 * @param grid tiles down and across
 */
public record TiledImage(PixelValues values, Grid grid) {
  /**
   * How many tiles an image has beside the whole; none if it is small enough or is not split.
   *
   * @param rows of tiles
   * @param columns of tiles
   */
  public record Grid(int rows, int columns) {
    /** Number of tiles, the whole image included. */
    public int images() {
      return rows * columns + 1;
    }
  }

  /**
   * Checks the values against the grid.
   *
   * @throws IllegalArgumentException if they disagree
   */
  public TiledImage {
    if (values.shape().length != 4 || values.shape()[0] != grid.images()) {
      throw new IllegalArgumentException(values + " does not hold the tiles of " + grid);
    }
  }
}
