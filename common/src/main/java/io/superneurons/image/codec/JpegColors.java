package io.superneurons.image.codec;

import io.superneurons.image.RgbImage;

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

  private static int fixed(double factor) {
    return (int) (factor * (1 << BITS) + 0.5);
  }

  /** Grey levels [pixels] as RGB, a new array. */
  static byte[] fromGrey(byte[] samples) {
    byte[] rgb = new byte[Math.multiplyExact(samples.length, RgbImage.CHANNELS)]; // [pixels, 3]
    for (int i = 0, o = 0; i < samples.length; i++, o += RgbImage.CHANNELS) {
      rgb[o] = samples[i];
      rgb[o + 1] = samples[i];
      rgb[o + 2] = samples[i];
    }
    return rgb;
  }

  /** Turns YCbCr [pixels, 3] into RGB in its own array. */
  static byte[] fromYcc(byte[] samples) {
    for (int i = 0; i < samples.length - 2; i += RgbImage.CHANNELS) {
      int luma = samples[i] & 0xff;
      int cb = samples[i + 1] & 0xff;
      int cr = samples[i + 2] & 0xff;
      samples[i] = (byte) red(luma, cr);
      samples[i + 1] = (byte) green(luma, cb, cr);
      samples[i + 2] = (byte) blue(luma, cb);
    }
    return samples;
  }

  /**
   * CMYK [pixels, 4] as RGB, a new array. 255 is no ink: Pillow takes all four-component files for
   * Adobe's, which are inverted.
   */
  static byte[] fromCmyk(byte[] samples) {
    byte[] rgb = withoutBlack(samples);
    for (int i = 0, o = 0; i < samples.length; i += 4, o += RgbImage.CHANNELS) {
      int cyan = WHITE - (samples[i] & 0xff);
      int magenta = WHITE - (samples[i + 1] & 0xff);
      int yellow = WHITE - (samples[i + 2] & 0xff);
      putCmyk(cyan, magenta, yellow, WHITE - (samples[i + 3] & 0xff), rgb, o);
    }
    return rgb;
  }

  /**
   * YCCK [pixels, 4] as RGB, a new array: CMYK whose first three, taken as RGB less 255, are stored
   * as YCbCr.
   */
  static byte[] fromYcck(byte[] samples) {
    byte[] rgb = withoutBlack(samples);
    for (int i = 0, o = 0; i < samples.length; i += 4, o += RgbImage.CHANNELS) {
      int luma = samples[i] & 0xff;
      int cb = samples[i + 1] & 0xff;
      int cr = samples[i + 2] & 0xff;
      int black = WHITE - (samples[i + 3] & 0xff);
      putCmyk(red(luma, cr), green(luma, cb, cr), blue(luma, cb), black, rgb, o);
    }
    return rgb;
  }

  private static byte[] withoutBlack(byte[] samples) {
    return new byte[samples.length / 4 * RgbImage.CHANNELS]; // [pixels, 3]
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
