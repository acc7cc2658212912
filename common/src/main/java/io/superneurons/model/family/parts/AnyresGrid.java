package io.superneurons.model.family.parts;

import io.superneurons.image.ImageSize;
import io.superneurons.model.weights.ModelException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.BitSet;

/**
 * How the features of an image's tiles become one picture of features: put together, stripped of
 * the features of padding, and made smaller where they are too many ({@code pack_image_features} of
 * modeling_llava_onevision.py).
 *
 * @param tiles rows and columns of tiles
 * @param side features along each side of a tile
 * @param top first row of features that is no padding
 * @param left first column of features that is no padding
 * @param kept rows and columns of features that are no padding
 * @param size rows and columns of features after they are made smaller
 */
public record AnyresGrid(
    ImageSize tiles, int side, int top, int left, ImageSize kept, ImageSize size) {

  /**
   * The grid of an image.
   *
   * @param image size of the image before it was prepared
   * @param mostTiles the most features that are kept, as a number of tiles that have as many
   *     ({@code anyres_max_9})
   */
  static AnyresGrid of(ImageSize image, ImageSize tiles, int side, int mostTiles) {
    int height = tiles.height() * side;
    int width = tiles.width() * side;
    int top = 0;
    int left = 0;
    if ((double) image.width() / image.height() > (double) width / height) {
      top = (height - rounded(image.height() * ((double) width / image.width()))) / 2;
    } else {
      left = (width - rounded(image.width() * ((double) height / image.height()))) / 2;
    }
    ImageSize kept = size(height - 2 * top, width - 2 * left);
    return new AnyresGrid(tiles, side, top, left, kept, shrunk(kept, side, mostTiles));
  }

  /** {@code int(round(value, 7))} of Python. */
  private static int rounded(double value) {
    return new BigDecimal(value).setScale(7, RoundingMode.HALF_EVEN).intValue();
  }

  private static ImageSize shrunk(ImageSize kept, int side, int mostTiles) {
    double ratio = Math.sqrt((double) kept.pixels() / ((long) mostTiles * side * side));
    return ratio > 1.1 ? size(quotient(kept.height(), ratio), quotient(kept.width(), ratio)) : kept;
  }

  /** {@code int(value // divisor)} of Python, which divides what is left after the remainder. */
  private static int quotient(int value, double divisor) {
    return (int) Math.rint((value - value % divisor) / divisor);
  }

  private static ImageSize size(int height, int width) {
    if (height < 1 || width < 1) {
      throw new ModelException("The image is so narrow that none of its tiles' features are left");
    }
    return new ImageSize(height, width);
  }

  /**
   * Features of padding, among those of the whole image and then of the tiles, tile after tile, in
   * each row by row.
   */
  BitSet padding() {
    BitSet padding = new BitSet();
    int columns = tiles.width() * side;
    for (int row = 0; row < tiles.height() * side; row++) {
      for (int column = 0; column < columns; column++) {
        int tile = 1 + row / side * tiles.width() + column / side;
        int feature = (tile * side + row % side) * side + column % side;
        padding.set(
            feature, isPadding(row, top, kept.height()) || isPadding(column, left, kept.width()));
      }
    }
    return padding;
  }

  private static boolean isPadding(int position, int first, int kept) {
    return position < first || position >= first + kept;
  }

  /** Tokens of the image: the whole image's, and the grid's with a newline after each row. */
  int features() {
    return side * side + size.height() * (size.width() + 1);
  }
}
