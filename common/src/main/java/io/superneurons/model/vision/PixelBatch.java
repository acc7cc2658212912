package io.superneurons.model.vision;

import io.superneurons.image.PixelValues;
import io.superneurons.image.RgbImage;
import io.superneurons.image.SampleTable;
import io.superneurons.model.weights.ModelException;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts images side by side for the tower: their samples are copied to the model's device as they
 * are, a byte each and all at once, and looked up there in the table of what they are worth.
 */
public final class PixelBatch {
  /** Tiles in one pass through a tower; bounds its memory whatever the number of images. */
  public static final int MOST_TILES = 16;

  private static final Script SCRIPT = Script.compile(PixelBatch.class, "pixels.py");

  private final MappedWeights files;
  private final Map<SampleTable, Tensor> tables = new HashMap<>(); // in the weights' type [3 * 256]

  PixelBatch(MappedWeights files) {
    this.files = files;
  }

  /**
   * Images of one tile, or tiles of images, one image after another.
   *
   * @param side pixels on each side that the tower takes
   * @return [tiles of all images, 3, side, side] on the model's device, in its type
   * @throws ModelException if a tile has another size: the preprocessing does not fit the tower
   */
  Tensor tiles(TensorScope scope, List<ImageInput> images, int side) {
    long tiles = 0;
    for (ImageInput image : images) {
      int[] shape = image.pixels().shape();
      if (shape.length == 3) {
        requireShape(shape, RgbImage.CHANNELS, side, side);
        tiles++;
      } else {
        requireShape(shape, tiles(image), RgbImage.CHANNELS, side, side);
        tiles += tiles(image);
      }
    }
    try (TensorScope work = new TensorScope()) {
      Tensor samples =
          files.uploadBytes(work, samples(images), tiles, RgbImage.CHANNELS, side, side);
      return lookedUp(scope, samples, images, 1, tiles, RgbImage.CHANNELS, side, side);
    }
  }

  /**
   * Patches of images in the layout's order.
   *
   * @param numbers of the pass
   * @return [blocks, values of a block's patches] on the model's device, in its type
   */
  Tensor patches(
      TensorScope scope,
      PassNumbers numbers,
      List<ImageInput> images,
      PatchLayout layout,
      PatchShape shape) {
    int blocks = layout.blocks();
    try (TensorScope work = new TensorScope()) {
      Tensor samples =
          files.uploadBytes(
              work, samples(images), blocks, (long) shape.patches() * shape.samples());
      if (!layout.inImageOrder()) {
        samples = Tensors.rows(work, samples, numbers.indices(layout.order()));
      }
      long width = (long) shape.patches() * shape.values();
      return lookedUp(scope, samples, images, shape.frames(), blocks, width);
    }
  }

  /**
   * What samples are worth, in the weights' type.
   *
   * @param samples of all images, one after another
   * @param frames as often as each run of samples is taken
   */
  Tensor lookedUp(
      TensorScope scope, Tensor samples, List<ImageInput> images, int frames, long... shape) {
    PixelValues first = images.get(0).pixels();
    for (ImageInput image : images) {
      if (!image.pixels().table().equals(first.table()) || image.pixels().run() != first.run()) {
        throw new ModelException("The images of a pass were prepared for different models");
      }
    }
    return SCRIPT.tensor(scope, "looked_up", samples, table(first), first.run(), frames, shape);
  }

  private synchronized Tensor table(PixelValues pixels) {
    return tables.computeIfAbsent(pixels.table(), table -> files.numbers(table.values()));
  }

  private static List<byte[]> samples(List<ImageInput> images) {
    return images.stream().map(image -> image.pixels().samples()).toList();
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
