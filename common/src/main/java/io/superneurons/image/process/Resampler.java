package io.superneurons.image.process;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import java.util.Arrays;

/**
 * Resizes with antialiasing: a weighted mean along rows, then along columns, in fixed point with
 * 8-bit samples in between ({@code src/libImaging/Resample.c} of Pillow). Thread-safe.
 *
 * @param filter how source pixels are weighed
 * @param precision how weights are rounded
 */
public record Resampler(Filter filter, Precision precision) implements Resizer {
  private static final int CHANNELS = RgbImage.CHANNELS;

  /** How weights are turned into whole numbers. Results differ by a level here and there. */
  public enum Precision {
    /**
     * 22 fractional bits, as Pillow. Pillow 13 resizes columns first where the height shrinks by
     * more than twice what the width does, which this does not follow: versions up to 12 and
     * torchvision do not do so, and it changes samples at sharp edges by several levels.
     */
    PILLOW,
    /**
     * Weights of 16 bits, as torchvision resizes 8-bit images on the CPU ({@code
     * _compute_index_ranges_int16_weights} in {@code aten/src/ATen/native/cpu/UpSampleKernel.cpp}
     * of PyTorch). Hugging Face's processors of transformers 5 run on it.
     */
    TORCHVISION
  }

  /** Sample for sample as Pillow 12 and, but for the order of rows and columns, 13. */
  static Resampler pillow(Filter filter) {
    return new Resampler(filter, Precision.PILLOW);
  }

  /** Sample for sample as torchvision, and so as Hugging Face's processors. */
  public static Resampler torchvision(Filter filter) {
    return new Resampler(filter, Precision.TORCHVISION);
  }

  @Override
  public RgbImage resize(RgbImage image, ImageSize size) {
    if (image.size().equals(size)) {
      return image;
    }
    return filter == Filter.NEAREST ? nearest(image, size) : convolve(image, size);
  }

  private RgbImage convolve(RgbImage image, ImageSize size) {
    ResampleWeights vertical = weights(image.height(), size.height());
    if (size.width() == image.width()) {
      return columns(image, vertical);
    }
    ResampleWeights horizontal = weights(image.width(), size.width());
    if (size.height() == image.height()) {
      return rows(image, horizontal, 0, image.height());
    }
    // Only the rows that the second pass reads, which may leave out some at the edges.
    int from = vertical.firstRead();
    RgbImage between = rows(image, horizontal, from, vertical.lastRead());
    return columns(between, vertical.shifted(from));
  }

  private ResampleWeights weights(int in, int out) {
    return ResampleWeights.of(in, out, filter, precision);
  }

  /** Resizes rows from (inclusive) to (exclusive) to the width that the weights give. */
  private static RgbImage rows(RgbImage image, ResampleWeights weights, int from, int to) {
    int width = weights.outputs();
    byte[] in = image.rgb(); // [height, image.width, 3]
    byte[] out = new byte[Math.toIntExact((long) width * (to - from) * CHANNELS)];
    int[] factors = weights.factors();
    int bits = weights.fractionalBits();
    int half = 1 << (bits - 1); // so that the shift rounds
    int o = 0;
    for (int y = from; y < to; y++) {
      int line = image.offset(0, y);
      for (int x = 0; x < width; x++) {
        int i = line + weights.first(x) * CHANNELS;
        int k = x * weights.stride();
        int red = half;
        int green = half;
        int blue = half;
        for (int end = k + weights.count(x); k < end; k++, i += CHANNELS) {
          int factor = factors[k];
          red += (in[i] & 0xff) * factor;
          green += (in[i + 1] & 0xff) * factor;
          blue += (in[i + 2] & 0xff) * factor;
        }
        out[o++] = clip(red >> bits);
        out[o++] = clip(green >> bits);
        out[o++] = clip(blue >> bits);
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
    int bits = weights.fractionalBits();
    int half = 1 << (bits - 1); // so that the shift rounds
    int[] sums = new int[line]; // row by row, so that memory is read in the order in which it lies
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, half);
      int count = weights.count(y);
      for (int j = 0; j < count; j++) {
        int factor = factors[y * weights.stride() + j];
        int i = (weights.first(y) + j) * line;
        for (int c = 0; c < line; c++) {
          sums[c] += (in[i + c] & 0xff) * factor;
        }
      }
      for (int c = 0, o = y * line; c < line; c++) {
        out[o + c] = clip(sums[c] >> bits);
      }
    }
    return new RgbImage(image.width(), height, out);
  }

  private static byte clip(int value) {
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
