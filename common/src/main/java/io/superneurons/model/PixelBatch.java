package io.superneurons.model;

import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts images, or their tiles, of one size side by side for the tower. */
final class PixelBatch {
  /** Tiles in one pass through a tower; bounds its memory whatever the number of images. */
  static final int MOST_TILES = 16;

  private PixelBatch() {}

  /**
   * Stacks images of one tile.
   *
   * @param side pixels on each side that the tower takes
   * @return [images, 3, side, side] in float32 on the CPU
   * @throws ModelException if an image has another size: the preprocessing does not fit the tower
   */
  static Tensor stack(TensorScope scope, List<ImageInput> images, int side) {
    for (ImageInput image : images) {
      requireShape(image.pixels().shape(), 3, side, side);
    }
    return concatenate(scope, images, images.size(), side);
  }

  /**
   * Stacks the tiles of images, one image after another.
   *
   * @param side pixels on each side of a tile
   * @return [tiles of all images, 3, side, side] in float32 on the CPU
   * @throws ModelException if tiles have another size: the preprocessing does not fit the tower
   */
  static Tensor stackTiles(TensorScope scope, List<ImageInput> images, int side) {
    int tiles = 0;
    for (ImageInput image : images) {
      requireShape(image.pixels().shape(), tiles(image), 3, side, side);
      tiles += tiles(image);
    }
    return concatenate(scope, images, tiles, side);
  }

  /** Tiles of an image [tiles, 3, side, side]. */
  static int tiles(ImageInput image) {
    return image.pixels().shape()[0];
  }

  /** Cuts a list of images so that a part's tiles fit into one pass, or it is one image. */
  static List<List<ImageInput>> parts(List<ImageInput> images) {
    List<List<ImageInput>> parts = new ArrayList<>();
    int room = 0;
    for (ImageInput image : images) {
      if (tiles(image) > room) {
        parts.add(new ArrayList<>());
        room = MOST_TILES;
      }
      parts.get(parts.size() - 1).add(image);
      room -= tiles(image);
    }
    return parts;
  }

  private static void requireShape(int[] shape, int... expected) {
    if (!Arrays.equals(shape, expected)) {
      throw new ModelException(
          "preprocessor_config.json makes images of shape %s, but the tower takes %s"
              .formatted(Arrays.toString(shape), Arrays.toString(expected)));
    }
  }

  private static Tensor concatenate(
      TensorScope scope, List<ImageInput> images, int tiles, int side) {
    float[] pixels =
        new float[Math.multiplyExact(tiles, 3 * side * side)]; // [tiles, 3, side, side]
    int offset = 0;
    for (ImageInput image : images) {
      float[] data = image.pixels().data();
      System.arraycopy(data, 0, pixels, offset, data.length);
      offset += data.length;
    }
    return scope.floats(pixels, tiles, 3, side, side);
  }
}
