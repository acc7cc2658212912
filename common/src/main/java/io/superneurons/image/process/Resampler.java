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
    ResampleWeights horizontal =
        size.width() == image.width() ? null : weights(image.width(), size.width());
    if (size.height() == image.height()) {
      return unchanged(new ResizedRows(image, horizontal, 0, image.height(), 1), size);
    }
    ResampleWeights vertical = weights(image.height(), size.height());
    ResizedRows rows =
        new ResizedRows(
            image, horizontal, vertical.firstRead(), vertical.lastRead(), vertical.stride());
    return columns(rows, vertical, size);
  }

  private ResampleWeights weights(int in, int out) {
    return ResampleWeights.of(in, out, filter, precision);
  }

  /** The rows as they come. */
  private static RgbImage unchanged(ResizedRows rows, ImageSize size) {
    byte[] out = new byte[Math.toIntExact(size.pixels() * CHANNELS)]; // [height, width, 3]
    for (int y = 0, o = 0; y < size.height(); y++) {
      for (int sample : rows.row(y)) {
        out[o++] = (byte) sample;
      }
    }
    return new RgbImage(size.width(), size.height(), out);
  }

  /** Resizes columns to the height that the weights give. */
  private static RgbImage columns(ResizedRows rows, ResampleWeights weights, ImageSize size) {
    byte[] out = new byte[Math.toIntExact(size.pixels() * CHANNELS)]; // [height, width, 3]
    int line = rows.line();
    int[] factors = weights.factors();
    int bits = weights.fractionalBits();
    int[] sums = new int[line]; // row by row, so that memory is read in the order in which it lies
    for (int y = 0; y < size.height(); y++) {
      Arrays.fill(sums, 1 << (bits - 1)); // so that the shift rounds
      int first = weights.first(y);
      rows.row(first + weights.count(y) - 1);
      FixedPoint.add(sums, rows::row, first, factors, y * weights.stride(), weights.count(y));
      FixedPoint.toSamples(sums, bits);
      for (int c = 0, o = y * line; c < line; c++) {
        out[o + c] = (byte) sums[c];
      }
    }
    return new RgbImage(size.width(), size.height(), out);
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
