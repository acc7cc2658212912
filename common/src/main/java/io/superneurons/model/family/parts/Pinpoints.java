package io.superneurons.model.family.parts;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.ImageSize;
import io.superneurons.image.process.AnyResImageProcessor;
import io.superneurons.image.process.ImageProcessorSettings;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.model.weights.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The sizes to one of which LLaVA-NeXT and LLaVA-OneVision bring an image before they cut it into
 * tiles ({@code image_grid_pinpoints}).
 *
 * @param sizes at least one, each whole tiles high and wide
 * @param tile size of a tile
 */
record Pinpoints(List<ImageSize> sizes, ImageSize tile) {
  private static final String KEY = "image_grid_pinpoints";

  Pinpoints {
    sizes = List.copyOf(sizes);
    for (ImageSize size : sizes) {
      if (size.height() % tile.height() != 0 || size.width() % tile.width() != 0) {
        throw new ModelException(
            String.format(Locale.ROOT, "%s: %s is no multiple of the tile's %s", KEY, size, tile));
      }
    }
  }

  /**
   * Reads them.
   *
   * @param images the image processor's configuration, which comes first
   * @param config config.json
   * @param usual where neither says so
   */
  static Pinpoints of(Config images, Config config, List<ImageSize> usual, ImageSize tile) {
    List<ImageSize> sizes = new ArrayList<>();
    for (int[] row : (images.has(KEY) ? images : config).intRows(KEY)) {
      if (row.length != 2) {
        throw new ModelException(KEY + " must be pairs of height and width");
      }
      sizes.add(new ImageSize(row[0], row[1]));
    }
    return new Pinpoints(sizes.isEmpty() ? usual : sizes, tile);
  }

  /** The most tiles that one of the sizes has; the view of the whole beside them is not counted. */
  SizeLimits limits() {
    return SizeLimits.ofTiles(sizes.stream().mapToLong(this::tiles).max().orElseThrow());
  }

  private long tiles(ImageSize size) {
    return size.pixels() / tile.pixels();
  }

  /**
   * Those with no more tiles than are asked for.
   *
   * @throws ModelException if there are none
   */
  Pinpoints within(SizeLimits asked) {
    if (!asked.isOfTiles()) {
      return this;
    }
    List<ImageSize> fewer =
        sizes.stream().filter(size -> tiles(size) <= asked.mostTiles()).toList();
    if (fewer.isEmpty()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "max-tiles %d: the fewest tiles of the checkpoint's %s are %d",
              asked.mostTiles(),
              KEY,
              sizes.stream().mapToLong(this::tiles).min().orElseThrow()));
    }
    return new Pinpoints(fewer, tile);
  }

  /** Which resizes images whatever {@code do_resize} says. */
  AnyResImageProcessor processor(Config images) {
    ImageProcessorSettings settings = ImageSettings.readPixels(images);
    return new AnyResImageProcessor(sizes, tile, settings.resizer(), settings.scaling());
  }
}
