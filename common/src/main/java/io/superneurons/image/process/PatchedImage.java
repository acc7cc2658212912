package io.superneurons.image.process;

import io.superneurons.image.PixelValues;

/**
 * An image as flattened patches, with {@code image_grid_thw}.
 *
 * @param values shape [rows * columns, samples of a patch], each patch once, whatever its frames
 * @param grid patches down and across
 */
public record PatchedImage(PixelValues values, Grid grid) {
  /**
   * How many patches an image has.
   *
   * @param rows of patches
   * @param columns of patches
   */
  public record Grid(int rows, int columns) {
    /** Number of patches. */
    public int patches() {
      return rows * columns;
    }
  }

  /**
   * Checks the values against the grid.
   *
   * @throws IllegalArgumentException if they disagree
   */
  public PatchedImage {
    if (values.shape().length != 2 || values.shape()[0] != grid.patches()) {
      throw new IllegalArgumentException(values + " does not hold the patches of " + grid);
    }
  }
}
