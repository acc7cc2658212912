package io.superneurons.image.process;

import io.superneurons.image.ImageException;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import java.util.Locale;

/**
 * Qwen2-VL's, Qwen2.5-VL's and Qwen3-VL's processor: resize to multiples of a token's side within
 * limits of pixels, cut into flattened patches ordered by the token that they become. {@code
 * Qwen2VLImageProcessor} of transformers 5.23, which repeats each patch for the frames that a video
 * would have. Thread-safe.
 */
public final class PatchImageProcessor {
  private static final int LARGEST_ASPECT_RATIO = 200;

  private final PatchSettings settings;
  private final Resizer resizer;
  private final PatchCutter cutter;

  /** A processor. */
  public PatchImageProcessor(PatchSettings settings, Resizer resizer, PixelScaling scaling) {
    this.settings = settings;
    this.resizer = resizer;
    this.cutter =
        new PatchCutter(
            settings.patchSize(), settings.mergeSize(), PatchCutter.Order.CHANNELS_FIRST, scaling);
  }

  /**
   * The image as the vision tower takes it.
   *
   * @throws ImageException if one side is more than 200 times the other
   */
  public PatchedImage process(RgbImage image) {
    RgbImage resized = resizer.resize(image, target(image.size(), settings));
    PatchedImage.Grid grid = gridOf(resized.size());
    return new PatchedImage(cutter.cut(resized, grid.patches(), cutter.samples()), grid);
  }

  /**
   * The patches that an image of that size is cut into.
   *
   * @throws ImageException if one side is more than 200 times the other
   */
  public PatchedImage.Grid grid(ImageSize original) {
    return gridOf(target(original, settings));
  }

  private PatchedImage.Grid gridOf(ImageSize resized) {
    int side = settings.patchSize();
    return new PatchedImage.Grid(resized.height() / side, resized.width() / side);
  }

  /**
   * The size that an image is brought to: both sides multiples of the factor, pixels within the
   * limits, aspect ratio as near as possible. {@code smart_resize} of {@code
   * models/qwen2_vl/image_processing_qwen2_vl.py}.
   *
   * @throws ImageException if one side is more than 200 times the other
   */
  static ImageSize target(ImageSize original, PatchSettings settings) {
    int height = original.height();
    int width = original.width();
    int factor = settings.factor();
    double aspect = (double) Math.max(height, width) / Math.min(height, width);
    if (aspect > LARGEST_ASPECT_RATIO) {
      throw new ImageException(
          String.format(
              Locale.ROOT,
              "An image of %d x %d pixels is too narrow: one side may be at most %d times the"
                  + " other",
              width,
              height,
              LARGEST_ASPECT_RATIO));
    }
    // Half goes to the even number, as in Python.
    long newHeight = (long) Math.rint((double) height / factor) * factor;
    long newWidth = (long) Math.rint((double) width / factor) * factor;
    if (newHeight * newWidth > settings.maxPixels()) {
      double shrink = Math.sqrt((double) original.pixels() / settings.maxPixels());
      newHeight = Math.max(factor, (long) Math.floor(height / shrink / factor) * factor);
      newWidth = Math.max(factor, (long) Math.floor(width / shrink / factor) * factor);
    } else if (newHeight * newWidth < settings.minPixels()) {
      double grow = Math.sqrt((double) settings.minPixels() / original.pixels());
      newHeight = (long) Math.ceil(height * grow / factor) * factor;
      newWidth = (long) Math.ceil(width * grow / factor) * factor;
    }
    return new ImageSize(Math.toIntExact(newHeight), Math.toIntExact(newWidth));
  }
}
