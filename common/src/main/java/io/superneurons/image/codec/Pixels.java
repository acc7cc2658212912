package io.superneurons.image.codec;

import io.superneurons.image.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Stored samples to RGB as Pillow's {@code convert("RGB")}: no colour management, alpha dropped.
 * {@link BufferedImage#getRGB} would convert between colour spaces, grey included.
 */
final class Pixels {
  private static final int WHITE = 255;

  private Pixels() {}

  /** The image's samples as RGB. */
  static RgbImage toRgb(BufferedImage image) {
    return toRgb(image.getRaster(), image.getColorModel());
  }

  /** Samples of that colour model as RGB. */
  static RgbImage toRgb(Raster raster, ColorModel model) {
    if (model instanceof IndexColorModel palette) {
      return indexed(raster, palette);
    }
    int bits = model.getComponentSize(0);
    if (isPlainRgb(raster, model)) {
      return withoutAlpha(raster);
    }
    return switch (model.getNumColorComponents()) {
      case 1 -> grey(raster, bits);
      case 3 -> rgb(raster, model);
      case 4 -> cmyk(raster, bits);
      default ->
          throw new UnsupportedOperationException(
              "samples of " + model.getNumColorComponents() + " colours cannot be turned to RGB");
    };
  }

  /** Red, green and blue in bytes, with or without alpha: what most files hold. */
  private static boolean isPlainRgb(Raster raster, ColorModel model) {
    return Samples.areBytes(raster)
        && model.getNumColorComponents() == RgbImage.CHANNELS
        && raster.getNumBands() == model.getNumComponents()
        && Arrays.stream(model.getComponentSize()).allMatch(bits -> bits == Byte.SIZE)
        && !(model.hasAlpha() && model.isAlphaPremultiplied());
  }

  private static RgbImage withoutAlpha(Raster raster) {
    byte[] samples = Samples.interleaved(raster); // [height, width, bands]
    int bands = raster.getNumBands();
    if (bands == RgbImage.CHANNELS) {
      return new RgbImage(raster.getWidth(), raster.getHeight(), samples);
    }
    byte[] rgb = new byte[samples.length / bands * RgbImage.CHANNELS]; // [height, width, 3]
    for (int i = 0, o = 0; o < rgb.length; i += bands, o += RgbImage.CHANNELS) {
      rgb[o] = samples[i];
      rgb[o + 1] = samples[i + 1];
      rgb[o + 2] = samples[i + 2];
    }
    return new RgbImage(raster.getWidth(), raster.getHeight(), rgb);
  }

  private static RgbImage indexed(Raster raster, IndexColorModel palette) {
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    return convert(
        raster,
        (row, i, rgb, o) -> {
          // Pillow takes what lies beyond the palette for black.
          int color = row[i] < colors.length ? colors[row[i]] : 0;
          rgb[o] = (byte) (color >> 16);
          rgb[o + 1] = (byte) (color >> 8);
          rgb[o + 2] = (byte) color;
        });
  }

  private static RgbImage grey(Raster raster, int bits) {
    // Pillow keeps grey of more than 8 bits as it is and clips it to 255 when it is turned to
    // RGB, but of 16-bit grey with alpha it reads the upper bytes.
    int shift = bits > Byte.SIZE && raster.getNumBands() > 1 ? Byte.SIZE : 0;
    return convert(
        raster,
        (row, i, rgb, o) -> {
          byte value = (byte) Math.max(0, Math.min(WHITE, row[i] >> shift));
          rgb[o] = value;
          rgb[o + 1] = value;
          rgb[o + 2] = value;
        });
  }

  private static RgbImage rgb(Raster raster, ColorModel model) {
    int[] bits = model.getComponentSize();
    boolean premultiplied = model.hasAlpha() && model.isAlphaPremultiplied();
    return convert(
        raster,
        (row, i, rgb, o) -> {
          for (int c = 0; c < RgbImage.CHANNELS; c++) {
            int value = to8Bits(row[i + c], bits[c]);
            rgb[o + c] = (byte) (premultiplied ? undo(value, to8Bits(row[i + 3], bits[3])) : value);
          }
        });
  }

  private static RgbImage cmyk(Raster raster, int bits) {
    return convert(
        raster,
        (row, i, rgb, o) ->
            JpegColors.putCmyk(
                to8Bits(row[i], bits),
                to8Bits(row[i + 1], bits),
                to8Bits(row[i + 2], bits),
                to8Bits(row[i + 3], bits),
                rgb,
                o));
  }

  /** Of more than 8 bits the upper byte; fewer are stretched so that all ones become 255. */
  private static int to8Bits(int sample, int bits) {
    if (bits >= Byte.SIZE) {
      return sample >> (bits - Byte.SIZE);
    }
    return sample * WHITE / ((1 << bits) - 1);
  }

  /** Pillow's {@code unpackRGBa}: takes the alpha out of a colour that was multiplied by it. */
  private static int undo(int value, int alpha) {
    return alpha == 0 ? 0 : Math.min(WHITE, value * WHITE / alpha);
  }

  /** Turns the samples of one pixel into RGB. */
  @FunctionalInterface
  private interface PixelConversion {
    void convert(int[] row, int i, byte[] rgb, int o);
  }

  private static RgbImage convert(Raster raster, PixelConversion conversion) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] out = new byte[width * raster.getHeight() * RgbImage.CHANNELS]; // [height, width, 3]
    int[] row = new int[width * bands]; // [width, bands]
    int o = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0; i < row.length; i += bands, o += RgbImage.CHANNELS) {
        conversion.convert(row, i, out, o);
      }
    }
    return new RgbImage(width, raster.getHeight(), out);
  }
}
