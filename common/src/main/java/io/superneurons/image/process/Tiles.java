package io.superneurons.image.process;

import io.superneurons.image.ImageOps;
import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import io.superneurons.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/** Cutting an image into tiles, and stacking tiles into one array. */
final class Tiles {
  private Tiles() {}

  /**
   * The image's tiles, row by row; those at the right and lower edge are smaller where the image's
   * size is not a multiple of the tile's. {@code divide_to_patches} of {@code
   * transformers/image_transforms.py}.
   */
  static List<RgbImage> cut(RgbImage image, ImageSize tile) {
    List<RgbImage> tiles = new ArrayList<>();
    for (int top = 0; top < image.height(); top += tile.height()) {
      for (int left = 0; left < image.width(); left += tile.width()) {
        int height = Math.min(tile.height(), image.height() - top);
        int width = Math.min(tile.width(), image.width() - left);
        tiles.add(ImageOps.crop(image, top, left, new ImageSize(height, width)));
      }
    }
    return tiles;
  }

  /**
   * Tiles of one size as a tower takes them.
   *
   * @return shape [tiles, 3, height, width]
   * @throws IllegalArgumentException if there is no tile or the sizes differ
   */
  static PixelValues stack(List<RgbImage> tiles, PixelScaling scaling) {
    if (tiles.isEmpty()) {
      throw new IllegalArgumentException("There is no tile to stack");
    }
    ImageSize size = tiles.get(0).size();
    int ofTile = Math.toIntExact(size.pixels() * RgbImage.CHANNELS);
    byte[] samples = new byte[Math.multiplyExact(ofTile, tiles.size())];
    int offset = 0;
    for (RgbImage tile : tiles) {
      if (!tile.size().equals(size)) {
        throw new IllegalArgumentException(
            "Tiles of different sizes cannot be stacked: " + size + " and " + tile.size());
      }
      PixelScaling.write(tile, samples, offset);
      offset += ofTile;
    }
    int[] shape = {tiles.size(), RgbImage.CHANNELS, size.height(), size.width()};
    return new PixelValues(samples, shape, Math.toIntExact(size.pixels()), scaling.table());
  }
}
