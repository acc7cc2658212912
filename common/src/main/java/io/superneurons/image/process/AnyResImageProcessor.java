package io.superneurons.image.process;

import io.superneurons.image.ImageOps;
import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/**
 * LLaVA-OneVision's (and LLaVA-NeXT's) "anyres": the image as a whole, then, at the best of a list
 * of resolutions, cut into tiles. {@code LlavaOnevisionImageProcessor} of transformers 5.23.
 * Thread-safe.
 */
public final class AnyResImageProcessor {
  private final List<ImageSize> resolutions;
  private final ImageSize tile;
  private final Resizer resizer;
  private final PixelScaling scaling;

  /**
   * A processor.
   *
   * @param resolutions to choose from ({@code image_grid_pinpoints}), at least one
   * @param tile size of a tile and of the whole image ({@code size})
   * @param resizer for all resizing ({@code resample})
   * @param scaling of the samples
   * @throws IllegalArgumentException if there is no resolution
   */
  public AnyResImageProcessor(
      List<ImageSize> resolutions, ImageSize tile, Resizer resizer, PixelScaling scaling) {
    if (resolutions.isEmpty()) {
      throw new IllegalArgumentException("image_grid_pinpoints is empty; give one resolution");
    }
    this.resolutions = List.copyOf(resolutions);
    this.tile = tile;
    this.resizer = resizer;
    this.scaling = scaling;
  }

  /**
   * The image as the vision tower takes it.
   *
   * @return shape [1 + tiles, 3, tile height, tile width]; first the whole, then tiles row by row
   */
  public PixelValues process(RgbImage image) {
    return Tiles.stack(tiles(image), scaling);
  }

  /** The whole image and its tiles, all of the tile's size, before they are normalised. */
  List<RgbImage> tiles(RgbImage image) {
    ImageSize canvas = resolution(image.size());
    RgbImage fitted = resizer.resize(image, fit(image.size(), canvas));
    RgbImage padded = ImageOps.center(fitted, canvas, RgbColor.BLACK);
    List<RgbImage> tiles = new ArrayList<>();
    tiles.add(resizer.resize(image, tile));
    for (RgbImage part : Tiles.cut(padded, tile)) {
      tiles.add(resizer.resize(part, tile));
    }
    return tiles;
  }

  /** The resolution that an image of that size is brought to. */
  public ImageSize resolution(ImageSize original) {
    return bestResolution(original, resolutions);
  }

  /**
   * The resolution that keeps most of the image's pixels and, among such, wastes least. {@code
   * select_best_resolution} of {@code transformers/image_processing_utils.py}.
   */
  public static ImageSize bestResolution(ImageSize original, List<ImageSize> resolutions) {
    ImageSize best = resolutions.get(0);
    long mostKept = 0;
    long leastWasted = Long.MAX_VALUE;
    for (ImageSize resolution : resolutions) {
      double scale =
          Math.min(
              (double) resolution.width() / original.width(),
              (double) resolution.height() / original.height());
      long scaled = (long) (int) (original.width() * scale) * (int) (original.height() * scale);
      long kept = Math.min(scaled, original.pixels());
      long wasted = resolution.pixels() - kept;
      if (kept > mostKept || kept == mostKept && wasted < leastWasted) {
        best = resolution;
        mostKept = kept;
        leastWasted = wasted;
      }
    }
    return best;
  }

  /**
   * The largest size of the image's aspect ratio inside a canvas. {@code get_patch_output_size} of
   * {@code transformers/image_processing_utils.py}.
   */
  static ImageSize fit(ImageSize original, ImageSize canvas) {
    double scaleWidth = (double) canvas.width() / original.width();
    double scaleHeight = (double) canvas.height() / original.height();
    if (scaleWidth < scaleHeight) {
      int height = (int) Math.ceil(original.height() * scaleWidth);
      return new ImageSize(Math.min(height, canvas.height()), canvas.width());
    }
    int width = (int) Math.ceil(original.width() * scaleHeight);
    return new ImageSize(canvas.height(), Math.min(width, canvas.width()));
  }
}
