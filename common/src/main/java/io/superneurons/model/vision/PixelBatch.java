package io.superneurons.model.vision;

import io.superneurons.model.weights.ModelException;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Puts images, or their tiles, of one size side by side for the tower. */
public final class PixelBatch {
  /** Tiles in one pass through a tower; bounds its memory whatever the number of images. */
  public static final int MOST_TILES = 16;

  private PixelBatch() {}

  /**
   * Uploads images of one tile.
   *
   * @param side pixels on each side that the tower takes
   * @return [images, 3, side, side] on the model's device, in its type
   * @throws ModelException if an image has another size: the preprocessing does not fit the tower
   */
  public static Tensor upload(
      TensorScope scope, MappedWeights files, List<ImageInput> images, int side) {
    for (ImageInput image : images) {
      requireShape(image.pixels().shape(), 3, side, side);
    }
    return files.upload(scope, values(images), images.size(), 3, side, side);
  }

  /**
   * Uploads the tiles of images, one image after another.
   *
   * @param side pixels on each side of a tile
   * @return [tiles of all images, 3, side, side] on the model's device, in its type
   * @throws ModelException if tiles have another size: the preprocessing does not fit the tower
   */
  public static Tensor uploadTiles(
      TensorScope scope, MappedWeights files, List<ImageInput> images, int side) {
    int tiles = 0;
    for (ImageInput image : images) {
      requireShape(image.pixels().shape(), tiles(image), 3, side, side);
      tiles += tiles(image);
    }
    return files.upload(scope, values(images), tiles, 3, side, side);
  }

  /** Pixel values, image by image. */
  static List<float[]> values(List<ImageInput> images) {
    return images.stream().map(image -> image.pixels().data()).toList();
  }

  /** Tiles of an image [tiles, 3, side, side]. */
  public static int tiles(ImageInput image) {
    return image.pixels().shape()[0];
  }

  /** Cuts a list of images so that a part's tiles fit into one pass, or it is one image. */
  public static List<List<ImageInput>> parts(List<ImageInput> images) {
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
          String.format(
              Locale.ROOT,
              "preprocessor_config.json makes images of shape %s, but the tower takes %s",
              Arrays.toString(shape),
              Arrays.toString(expected)));
    }
  }
}
