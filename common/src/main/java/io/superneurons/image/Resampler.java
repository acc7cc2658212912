package io.superneurons.image;

import java.util.Arrays;

/**
 * Resizes with antialiasing, sample for sample as Pillow's {@code Image.resize} does ({@code
 * src/libImaging/Resample.c}): fixed-point weights of 22 fractional bits, rows first, then columns,
 * with 8-bit samples in between.
 *
 * <p>Pillow 13 resizes columns first where the height shrinks by more than twice what the width
 * does. That rounds and clips elsewhere, so that samples at sharp edges differ by a few levels from
 * what Pillow up to 12, and torchvision, on which Hugging Face's processors run, give. Models were
 * trained on the latter, and so this class stays with rows first.
 */
public final class Resampler {
  private static final int CHANNELS = RgbImage.CHANNELS;

  /** Half a unit in fixed point, so that the shift rounds. */
  private static final int HALF = 1 << (ResampleWeights.PRECISION_BITS - 1);

  private Resampler() {}

  /**
   * The image in another size; itself if the size is the same.
   *
   * @param width of the result, in pixels
   * @param height of the result, in pixels
   * @throws IllegalArgumentException if a side is not positive
   */
  public static RgbImage resize(RgbImage image, int width, int height, Filter filter) {
    return resize(image, new ImageSize(height, width), filter);
  }

  /** The image in another size; itself if the size is the same. */
  public static RgbImage resize(RgbImage image, ImageSize size, Filter filter) {
    if (image.size().equals(size)) {
      return image;
    }
    return filter == Filter.NEAREST ? nearest(image, size) : convolve(image, size, filter);
  }

  private static RgbImage convolve(RgbImage image, ImageSize size, Filter filter) {
    ResampleWeights horizontal = ResampleWeights.of(image.width(), size.width(), filter);
    ResampleWeights vertical = ResampleWeights.of(image.height(), size.height(), filter);
    if (size.width() == image.width()) {
      return columns(image, vertical);
    }
    if (size.height() == image.height()) {
      return rows(image, horizontal, 0, image.height());
    }
    // Only the rows that the second pass reads, which may leave out some at the edges.
    int from = vertical.firstRead();
    RgbImage between = rows(image, horizontal, from, vertical.lastRead());
    return columns(between, vertical.shifted(from));
  }

  /** Resizes rows from (inclusive) to (exclusive) to the width that the weights give. */
  private static RgbImage rows(RgbImage image, ResampleWeights weights, int from, int to) {
    int width = weights.outputs();
    byte[] in = image.rgb(); // [height, image.width, 3]
    byte[] out = new byte[Math.toIntExact((long) width * (to - from) * CHANNELS)];
    int[] factors = weights.factors();
    int o = 0;
    for (int y = from; y < to; y++) {
      int line = image.offset(0, y);
      for (int x = 0; x < width; x++) {
        int i = line + weights.first(x) * CHANNELS;
        int k = x * weights.stride();
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        for (int end = k + weights.count(x); k < end; k++, i += CHANNELS) {
          int factor = factors[k];
          red += (in[i] & 0xff) * factor;
          green += (in[i + 1] & 0xff) * factor;
          blue += (in[i + 2] & 0xff) * factor;
        }
        out[o++] = clip(red);
        out[o++] = clip(green);
        out[o++] = clip(blue);
      }
    }
    return new RgbImage(width, to - from, out);
  }

  /** Resizes columns to the height that the weights give. */
  private static RgbImage columns(RgbImage image, ResampleWeights weights) {
    int height = weights.outputs();
    int line = image.width() * CHANNELS;
    byte[] in = image.rgb(); // [image.height, width, 3]
    byte[] out = new byte[Math.toIntExact((long) line * height)]; // [height, width, 3]
    int[] factors = weights.factors();
    int[] sums = new int[line]; // a row at a time, so that memory is read in its own order
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, HALF);
      int count = weights.count(y);
      for (int j = 0; j < count; j++) {
        int factor = factors[y * weights.stride() + j];
        int i = (weights.first(y) + j) * line;
        for (int c = 0; c < line; c++) {
          sums[c] += (in[i + c] & 0xff) * factor;
        }
      }
      for (int c = 0, o = y * line; c < line; c++) {
        out[o + c] = clip(sums[c]);
      }
    }
    return new RgbImage(image.width(), height, out);
  }

  private static byte clip(int fixed) {
    int value = fixed >> ResampleWeights.PRECISION_BITS;
    return (byte) Math.max(0, Math.min(255, value));
  }

  /** Pillow's {@code ImagingScaleAffine}, which adds the step up rather than multiplying it. */
  private static RgbImage nearest(RgbImage image, ImageSize size) {
    int[] columns = nearestIndices(image.width(), size.width()); // [width]
    int[] rows = nearestIndices(image.height(), size.height()); // [height]
    byte[] in = image.rgb();
    byte[] out = new byte[Math.toIntExact(size.pixels() * CHANNELS)]; // [height, width, 3]
    int o = 0;
    for (int row : rows) {
      for (int column : columns) {
        int i = image.offset(column, row);
        out[o++] = in[i];
        out[o++] = in[i + 1];
        out[o++] = in[i + 2];
      }
    }
    return new RgbImage(size.width(), size.height(), out);
  }

  private static int[] nearestIndices(int in, int out) {
    int[] indices = new int[out];
    double step = (double) in / out;
    double position = step * 0.5;
    for (int i = 0; i < out; i++) {
      indices[i] = Math.min(in - 1, (int) position);
      position += step;
    }
    return indices;
  }
}
