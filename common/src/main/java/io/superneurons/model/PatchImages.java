package io.superneurons.model;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.ImageException;
import io.superneurons.image.ImageProcessorSettings;
import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import io.superneurons.image.Resampler;
import io.superneurons.image.RgbImage;

/**
 * Cuts images into patches (transformers' image_processing_qwen2_vl.py): the image keeps its
 * proportions, its sides become multiples of a block's and its pixels stay within limits.
 *
 * @param shape how images are cut
 * @param settings filter, rescaling and normalisation
 * @param limits of the size after resizing; null to leave the size as it is
 */
record PatchImages(PatchShape shape, ImageProcessorSettings settings, Limits limits) {
  private static final int LONGEST_RATIO = 200;

  /**
   * Pixels of an image after resizing.
   *
   * @param min at least about so many
   * @param max at most so many
   */
  record Limits(long min, long max) {
    Limits {
      if (min < 1 || max < min) {
        throw new ModelException(
            "preprocessor_config.json: min_pixels %d and max_pixels %d leave no image"
                .formatted(min, max));
      }
    }

    /** Both spellings: {@code min_pixels}, and {@code shortest_edge} of {@code size}. */
    static Limits of(Config config) {
      Config size = config.child("size");
      int min = size.intValue("shortest_edge", size.intValue("min_pixels", 56 * 56));
      int max = size.intValue("longest_edge", size.intValue("max_pixels", 28 * 28 * 1280));
      return new Limits(config.intValue("min_pixels", min), config.intValue("max_pixels", max));
    }
  }

  /** Reads a processor's configuration. */
  static PatchImages of(Config config, PatchShape shape) {
    PatchShape own =
        new PatchShape(
            config.intValue("patch_size", 14),
            config.intValue("temporal_patch_size", 2),
            config.intValue("merge_size", 2));
    if (!own.equals(shape)) {
      throw new ModelException(
          "%s cuts images as %s, but config.json's vision_config as %s"
              .formatted(config.file(), own, shape));
    }
    Limits limits = config.booleanValue("do_resize", true) ? Limits.of(config) : null;
    return new PatchImages(shape, ImageSettings.patches(config), limits);
  }

  /** Pixel values [block rows, block columns, patches of a block, values]. */
  ImageInput prepare(RgbImage image) {
    ImageSize size = limits == null ? unchanged(image.size()) : target(image.size());
    PixelValues pixels = // [3, height, width]
        settings.scaling().apply(Resampler.resize(image, size, settings.filter()));
    int rows = size.height() / shape.blockSide();
    int columns = size.width() / shape.blockSide();
    int[] cut = {rows, columns, shape.patches(), shape.values()};
    return new ImageInput(new PixelValues(cut(pixels.data(), size), cut), rows * columns);
  }

  private ImageSize unchanged(ImageSize size) {
    if (size.height() % shape.blockSide() != 0 || size.width() % shape.blockSide() != 0) {
      throw new ImageException(
          "The image is %s, no multiple of %d, and the processor does not resize"
              .formatted(size, shape.blockSide()));
    }
    return size;
  }

  /** transformers' smart_resize. */
  private ImageSize target(ImageSize size) {
    int height = size.height();
    int width = size.width();
    if ((double) Math.max(height, width) / Math.min(height, width) > LONGEST_RATIO) {
      throw new ImageException(
          "The image is %s: its longer side is more than %d times the shorter"
              .formatted(size, LONGEST_RATIO));
    }
    int factor = shape.blockSide();
    double newHeight = Math.rint((double) height / factor) * factor;
    double newWidth = Math.rint((double) width / factor) * factor;
    if (newHeight * newWidth > limits.max()) {
      double beta = Math.sqrt((double) ((long) height * width) / limits.max());
      newHeight = Math.max(factor, Math.floor(height / beta / factor) * factor);
      newWidth = Math.max(factor, Math.floor(width / beta / factor) * factor);
    } else if (newHeight * newWidth < limits.min()) {
      double beta = Math.sqrt((double) limits.min() / ((long) height * width));
      newHeight = Math.ceil(height * beta / factor) * factor;
      newWidth = Math.ceil(width * beta / factor) * factor;
    }
    return new ImageSize((int) newHeight, (int) newWidth);
  }

  /** [3, height, width] to [block rows, block columns, merge, merge, 3, frames, side, side]. */
  private float[] cut(float[] pixels, ImageSize size) {
    float[] patches = new float[pixels.length * shape.frames()];
    int block = shape.blockSide();
    int to = 0;
    for (int y = 0; y < size.height(); y += block) {
      for (int x = 0; x < size.width(); x += block) {
        for (int patch = 0; patch < shape.patches(); patch++) {
          int top = y + patch / shape.merge() * shape.side();
          int left = x + patch % shape.merge() * shape.side();
          copyPatch(pixels, size, top * size.width() + left, patches, to);
          to += shape.values();
        }
      }
    }
    return patches;
  }

  private void copyPatch(float[] pixels, ImageSize size, int from, float[] patches, int to) {
    int side = shape.side();
    int target = to;
    for (int plane = 0; plane < pixels.length; plane += size.height() * size.width()) {
      for (int frame = 0; frame < shape.frames(); frame++) {
        for (int row = 0; row < side; row++) {
          System.arraycopy(pixels, plane + from + row * size.width(), patches, target, side);
          target += side;
        }
      }
    }
  }
}
