package io.superneurons.image.process;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import java.util.Locale;

/**
 * Cuts an image into flattened patches, block after block: the patches of a square that becomes one
 * token stand together, row by row.
 *
 * @param side of a patch, in pixels
 * @param block side of a block, in patches
 * @param frames of a patch, all the same for an image
 * @param order of a patch's values
 */
public record PatchCutter(int side, int block, int frames, Order order, PixelScaling scaling) {
  /** How the values of a patch follow each other. */
  public enum Order {
    /** [3, frames, side, side]. */
    CHANNELS_FIRST,
    /** [side, side, 3], of one frame. */
    CHANNELS_LAST
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a size is not positive
   */
  public PatchCutter {
    if (side < 1 || block < 1 || frames < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Sizes of a patch must be positive, got %d pixels, %d patches, %d frames",
              side,
              block,
              frames));
    }
  }

  /** Side of a block, in pixels. */
  int blockSide() {
    return Math.multiplyExact(side, block);
  }

  /** Values of a patch. */
  int values() {
    return RgbImage.CHANNELS * frames * side * side;
  }

  /** Patches of an image whose sides are multiples of a block's. */
  int patches(ImageSize size) {
    return size.height() / side * (size.width() / side);
  }

  /** The patches of such an image [patches * values]. */
  float[] cut(RgbImage image) {
    float[] data = new float[Math.multiplyExact(patches(image.size()), values())];
    int offset = 0;
    for (int row = 0; row < image.height() / side; row += block) {
      for (int column = 0; column < image.width() / side; column += block) {
        for (int i = 0; i < block * block; i++, offset += values()) {
          write(image, row + i / block, column + i % block, data, offset);
        }
      }
    }
    return data;
  }

  private void write(RgbImage image, int row, int column, float[] data, int offset) {
    if (order == Order.CHANNELS_FIRST) {
      writeChannels(image, row, column, data, offset);
    } else {
      writePixels(image, row, column, data, offset);
    }
  }

  private void writeChannels(RgbImage image, int row, int column, float[] data, int offset) {
    byte[] rgb = image.rgb();
    int o = offset;
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      int first = o;
      for (int y = 0; y < side; y++) {
        int i = image.offset(column * side, row * side + y) + channel;
        for (int x = 0; x < side; x++, i += RgbImage.CHANNELS) {
          data[o++] = scaling.value(channel, rgb[i] & 0xff);
        }
      }
      for (int frame = 1; frame < frames; frame++) {
        System.arraycopy(data, first, data, o, side * side);
        o += side * side;
      }
    }
  }

  private void writePixels(RgbImage image, int row, int column, float[] data, int offset) {
    byte[] rgb = image.rgb();
    int o = offset;
    for (int y = 0; y < side; y++) {
      int i = image.offset(column * side, row * side + y);
      for (int x = 0; x < side * RgbImage.CHANNELS; x++, i++) {
        data[o++] = scaling.value(x % RgbImage.CHANNELS, rgb[i] & 0xff);
      }
    }
  }
}
