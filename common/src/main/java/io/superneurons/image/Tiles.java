package io.superneurons.image;

import java.util.ArrayList;
import java.util.List;

/** Images cut into tiles of one size. */
final class Tiles {
  private Tiles() {}

  /** The tiles of an image, row by row; what is left over right and below is dropped. */
  static List<RgbImage> cut(RgbImage image, ImageSize tile) {
    List<RgbImage> tiles = new ArrayList<>();
    for (int top = 0; top + tile.height() <= image.height(); top += tile.height()) {
      for (int left = 0; left + tile.width() <= image.width(); left += tile.width()) {
        tiles.add(ImageOps.crop(image, top, left, tile));
      }
    }
    return tiles;
  }

  /**
   * The values of tiles of one size.
   *
   * @return shape [tiles, 3, height, width]
   */
  static PixelValues stack(List<RgbImage> tiles, PixelScaling scaling) {
    ImageSize size = tiles.get(0).size();
    int values = Math.toIntExact(size.pixels() * RgbImage.CHANNELS);
    float[] data = new float[Math.multiplyExact(tiles.size(), values)];
    for (int i = 0; i < tiles.size(); i++) {
      scaling.write(tiles.get(i), data, i * values);
    }
    int[] shape = {tiles.size(), RgbImage.CHANNELS, size.height(), size.width()};
    return new PixelValues(data, shape);
  }
}
