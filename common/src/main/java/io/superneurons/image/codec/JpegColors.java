package io.superneurons.image.codec;

/**
 * Colour conversions with the integer arithmetic of libjpeg ({@code jdcolor.c}) and, from CMYK to
 * RGB, of Pillow ({@code src/libImaging/Convert.c}).
 */
final class JpegColors {
  private static final int WHITE = 255;
  private static final int BITS = 16;
  private static final int HALF = 1 << (BITS - 1);
  private static final int RED_CR = fixed(1.40200);
  private static final int GREEN_CB = fixed(0.34414);
  private static final int GREEN_CR = fixed(0.71414);
  private static final int BLUE_CB = fixed(1.77200);

  private JpegColors() {}

  /** Turns a row of stored components into RGB. */
  @FunctionalInterface
  interface Conversion {
    /**
     * Converts a row.
     *
     * @param row [width, components]
     * @param rgb receives [width, 3]
     * @param offset where in {@code rgb} the row begins
     */
    void convert(int[] row, byte[] rgb, int offset);
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << BITS) + 0.5);
  }

  static void fromGrey(int[] row, byte[] rgb, int offset) {
    int o = offset;
    for (int grey : row) {
      rgb[o++] = (byte) grey;
      rgb[o++] = (byte) grey;
      rgb[o++] = (byte) grey;
    }
  }

  static void fromRgb(int[] row, byte[] rgb, int offset) {
    for (int i = 0; i < row.length; i++) {
      rgb[offset + i] = (byte) row[i];
    }
  }

  static void fromYcc(int[] row, byte[] rgb, int offset) {
    for (int i = 0; i < row.length; i += 3) {
      rgb[offset + i] = (byte) red(row[i], row[i + 2]);
      rgb[offset + i + 1] = (byte) green(row[i], row[i + 1], row[i + 2]);
      rgb[offset + i + 2] = (byte) blue(row[i], row[i + 1]);
    }
  }

  /** 255 is no ink: Pillow takes all four-component files for Adobe's, which are inverted. */
  static void fromCmyk(int[] row, byte[] rgb, int offset) {
    for (int i = 0, o = offset; i < row.length; i += 4, o += 3) {
      putCmyk(WHITE - row[i], WHITE - row[i + 1], WHITE - row[i + 2], WHITE - row[i + 3], rgb, o);
    }
  }

  /** YCCK is CMYK whose first three, taken as RGB less 255, are stored as YCbCr. */
  static void fromYcck(int[] row, byte[] rgb, int offset) {
    for (int i = 0, o = offset; i < row.length; i += 4, o += 3) {
      int cyan = red(row[i], row[i + 2]);
      int magenta = green(row[i], row[i + 1], row[i + 2]);
      int yellow = blue(row[i], row[i + 1]);
      putCmyk(cyan, magenta, yellow, WHITE - row[i + 3], rgb, o);
    }
  }

  /** One pixel from inks (0 is none) to light, at an offset. */
  static void putCmyk(int cyan, int magenta, int yellow, int black, byte[] rgb, int o) {
    int light = WHITE - black;
    rgb[o] = (byte) (light - times(cyan, light));
    rgb[o + 1] = (byte) (light - times(magenta, light));
    rgb[o + 2] = (byte) (light - times(yellow, light));
  }

  /** Pillow's MULDIV255: the product of two fractions of 255. */
  private static int times(int a, int b) {
    int product = a * b + 128;
    return ((product >> 8) + product) >> 8;
  }

  private static int red(int luma, int cr) {
    return clip(luma + ((RED_CR * (cr - 128) + HALF) >> BITS));
  }

  private static int green(int luma, int cb, int cr) {
    return clip(luma + ((-GREEN_CB * (cb - 128) + HALF - GREEN_CR * (cr - 128)) >> BITS));
  }

  private static int blue(int luma, int cb) {
    return clip(luma + ((BLUE_CB * (cb - 128) + HALF) >> BITS));
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(WHITE, value));
  }
}
