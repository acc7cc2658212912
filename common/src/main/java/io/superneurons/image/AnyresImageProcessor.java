package io.superneurons.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Hugging Face's {@code LlavaOnevisionImageProcessor} (transformers 5.23) for one image: the whole
 * of it in a tile's size, and, at the one of several resolutions that fits best, in tiles.
 * Thread-safe.
 */
public final class AnyresImageProcessor {
  private final ImageSize tile;
  private final Filter filter;
  private final PixelScaling scaling;
  private final List<ImageSize> resolutions;

  /**
   * A processor of those settings.
   *
   * @param tile size of every tile
   * @param settings filter and scaling; resizing and cropping follow from the tiles
   * @param resolutions those to choose from, each a multiple of the tile ({@code
   *     image_grid_pinpoints})
   */
  public AnyresImageProcessor(
      ImageSize tile, ImageProcessorSettings settings, List<ImageSize> resolutions) {
    this.tile = tile;
    this.filter = settings.filter();
    this.scaling = settings.scaling();
    this.resolutions = List.copyOf(resolutions);
    for (ImageSize size : resolutions) {
      if (size.height() % tile.height() != 0 || size.width() % tile.width() != 0) {
        throw new IllegalArgumentException(
            "image_grid_pinpoints: %s is no multiple of a tile's %s".formatted(size, tile));
      }
    }
    if (resolutions.isEmpty()) {
      throw new IllegalArgumentException("image_grid_pinpoints is empty");
    }
  }

  /**
   * The resolution that keeps most of an image of that size, and of equal ones the one that wastes
   * least; {@code select_best_resolution} of {@code image_processing_utils.py}.
   */
  public ImageSize resolution(ImageSize image) {
    ImageSize best = null;
    long mostKept = 0;
    long leastWasted = Long.MAX_VALUE;
    for (ImageSize candidate : resolutions) {
      double scale =
          Math.min(
              (double) candidate.width() / image.width(),
              (double) candidate.height() / image.height());
      long scaled = (long) (image.width() * scale) * (long) (image.height() * scale);
      long kept = Math.min(scaled, image.pixels());
      long wasted = candidate.pixels() - kept;
      if (kept > mostKept || (kept == mostKept && wasted < leastWasted)) {
        best = candidate;
        mostKept = kept;
        leastWasted = wasted;
      }
    }
    return best;
  }

  /** Rows and columns of tiles of an image of that size, the whole image not counted. */
  public ImageSize grid(ImageSize image) {
    ImageSize resolution = resolution(image);
    return new ImageSize(resolution.height() / tile.height(), resolution.width() / tile.width());
  }

  /**
   * The image as the vision tower takes it: the whole image first, then the tiles row by row.
   *
   * @return shape [1 + rows * columns, 3, tile height, tile width]
   */
  public PixelValues process(RgbImage image) {
    List<RgbImage> tiles = new ArrayList<>();
    tiles.add(Resampler.resize(image, tile, filter));
    ImageSize resolution = resolution(image.size());
    RgbImage resized = Resampler.resize(image, inside(image.size(), resolution), filter);
    tiles.addAll(Tiles.cut(ImageOps.center(resized, resolution, RgbColor.BLACK), tile));
    return Tiles.stack(tiles, scaling);
  }

  /**
   * The largest size of the image's aspect ratio within a resolution; {@code get_patch_output_size}
   * of {@code image_processing_utils.py}.
   */
  private static ImageSize inside(ImageSize image, ImageSize resolution) {
    double across = (double) resolution.width() / image.width();
    double down = (double) resolution.height() / image.height();
    if (across < down) {
      int height = (int) Math.min(Math.ceil(image.height() * across), resolution.height());
      return new ImageSize(height, resolution.width());
    }
    int width = (int) Math.min(Math.ceil(image.width() * down), resolution.width());
    return new ImageSize(resolution.height(), width);
  }
}
