package io.superneurons.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Stored samples to RGB as Pillow's {@code convert("RGB")}: no colour management, alpha dropped.
 * {@link BufferedImage#getRGB} would convert between colour spaces, grey included.
 */
final class Pixels {
  private static final int WHITE = 255;

  private Pixels() {}

  /** The image's samples as RGB. */
  static RgbImage toRgb(BufferedImage image) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return indexed(raster, palette);
    }
    boolean wide = raster.getTransferType() == DataBuffer.TYPE_USHORT;
    int colors = model.getNumColorComponents();
    if (colors == 1) {
      // Pillow keeps 16-bit grey as it is and clips it when it is turned to 8 bits, but of 16-bit
      // grey with alpha, as of 16-bit RGB, it reads the upper bytes.
      return grey(raster, wide && raster.getNumBands() > 1 ? Byte.SIZE : 0);
    }
    if (colors == RgbImage.CHANNELS) {
      return rgb(raster, wide ? Byte.SIZE : 0);
    }
    throw new ImageException("Samples of " + colors + " colours cannot be turned to RGB");
  }

  private static RgbImage indexed(Raster raster, IndexColorModel palette) {
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    byte[] out = new byte[raster.getWidth() * raster.getHeight() * RgbImage.CHANNELS];
    int[] row = new int[raster.getWidth() * raster.getNumBands()];
    int o = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int x = 0; x < row.length; x += raster.getNumBands()) {
        // Pillow takes what lies beyond the palette for black.
        int color = row[x] < colors.length ? colors[row[x]] : 0;
        out[o++] = (byte) (color >> 16);
        out[o++] = (byte) (color >> 8);
        out[o++] = (byte) color;
      }
    }
    return new RgbImage(raster.getWidth(), raster.getHeight(), out);
  }

  private static RgbImage grey(Raster raster, int shift) {
    byte[] out = new byte[raster.getWidth() * raster.getHeight() * RgbImage.CHANNELS];
    int[] row = new int[raster.getWidth() * raster.getNumBands()]; // [width, bands]
    int o = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int x = 0; x < row.length; x += raster.getNumBands()) {
        byte value = (byte) Math.min(WHITE, row[x] >> shift);
        out[o++] = value;
        out[o++] = value;
        out[o++] = value;
      }
    }
    return new RgbImage(raster.getWidth(), raster.getHeight(), out);
  }

  private static RgbImage rgb(Raster raster, int shift) {
    byte[] out = new byte[raster.getWidth() * raster.getHeight() * RgbImage.CHANNELS];
    int[] row = new int[raster.getWidth() * raster.getNumBands()]; // [width, bands]
    int o = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int x = 0; x < row.length; x += raster.getNumBands()) {
        out[o++] = (byte) (row[x] >> shift);
        out[o++] = (byte) (row[x + 1] >> shift);
        out[o++] = (byte) (row[x + 2] >> shift);
      }
    }
    return new RgbImage(raster.getWidth(), raster.getHeight(), out);
  }
}
