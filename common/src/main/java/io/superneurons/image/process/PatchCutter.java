package io.superneurons.image.process;

import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import io.superneurons.image.RgbImage;
import java.util.Locale;

/**
 * Cuts an image into flattened patches, block after block: the patches of a square that becomes one
 * token stand together, row by row.
 *
 * @param side of a patch, in pixels
 * @param block side of a block, in patches
 * @param order of a patch's samples
 */
public record PatchCutter(int side, int block, Order order, PixelScaling scaling) {
  /** How the samples of a patch follow each other. */
  public enum Order {
    /** [3, side, side]. */
    CHANNELS_FIRST,
    /** [side, side, 3]. */
    CHANNELS_LAST
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a size is not positive
   */
  public PatchCutter {
    if (side < 1 || block < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Sizes of a patch must be positive, got %d pixels, %d patches",
              side,
              block));
    }
  }

  /** Side of a block, in pixels. */
  int blockSide() {
    return Math.multiplyExact(side, block);
  }

  /** Samples of a patch. */
  int samples() {
    return RgbImage.CHANNELS * side * side;
  }

  /** Patches of an image whose sides are multiples of a block's. */
  int patches(ImageSize size) {
    return size.height() / side * (size.width() / side);
  }

  /**
   * The patches of such an image.
   *
   * @param shape with as many samples as all patches have
   */
  PixelValues cut(RgbImage image, int... shape) {
    byte[] samples = new byte[Math.multiplyExact(patches(image.size()), samples())];
    int offset = 0;
    for (int row = 0; row < image.height() / side; row += block) {
      for (int column = 0; column < image.width() / side; column += block) {
        for (int i = 0; i < block * block; i++, offset += samples()) {
          write(image, row + i / block, column + i % block, samples, offset);
        }
      }
    }
    int run = order == Order.CHANNELS_FIRST ? side * side : 1;
    return new PixelValues(samples, shape, run, scaling.table());
  }

  private void write(RgbImage image, int row, int column, byte[] samples, int offset) {
    for (int y = 0; y < side; y++) {
      int from = image.offset(column * side, row * side + y);
      if (order == Order.CHANNELS_LAST) {
        int line = side * RgbImage.CHANNELS;
        System.arraycopy(image.rgb(), from, samples, offset + y * line, line);
      } else {
        writeChannels(image.rgb(), from, samples, offset + y * side);
      }
    }
  }

  /** One line of a patch. */
  private void writeChannels(byte[] rgb, int from, byte[] samples, int offset) {
    int green = offset + side * side;
    int blue = green + side * side;
    for (int x = 0, i = from; x < side; x++, i += RgbImage.CHANNELS) {
      samples[offset + x] = rgb[i];
      samples[green + x] = rgb[i + 1];
      samples[blue + x] = rgb[i + 2];
    }
  }
}
