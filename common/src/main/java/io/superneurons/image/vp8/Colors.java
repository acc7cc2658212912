package io.superneurons.image.vp8;

import io.superneurons.image.RgbImage;

/**
 * From luma and half-size chroma to RGB, as libwebp ({@code src/dsp/upsampling.c}, "fancy", and
 * {@code src/dsp/yuv.h}): each chroma sample is a mean of the nearest four, weighted 9, 3, 3 and 1.
 */
final class Colors {
  private static final int FRACTION_BITS = 6;

  private Colors() {}

  /** The image in the planes' upper left corner. */
  static RgbImage toRgb(Plane luma, Plane u, Plane v, int width, int height) {
    byte[] rgb = new byte[width * height * RgbImage.CHANNELS]; // [height, width, 3]
    int[] rowU = new int[width];
    int[] rowV = new int[width];
    int last = (height - 1) / 2;
    int o = 0;
    for (int y = 0; y < height; y++) {
      int near = y / 2;
      int far = Math.max(0, Math.min(last, y % 2 == 0 ? near - 1 : near + 1));
      upsample(u, near, far, rowU);
      upsample(v, near, far, rowV);
      int position = luma.position(0, y);
      for (int x = 0; x < width; x++, o += RgbImage.CHANNELS) {
        put(luma.get(position + x), rowU[x], rowV[x], rgb, o);
      }
    }
    return new RgbImage(width, height, rgb);
  }

  /** One row at full width from two rows of chroma, the near one weighted three times the far. */
  private static void upsample(Plane plane, int near, int far, int[] out) {
    int n = plane.position(0, near);
    int f = plane.position(0, far);
    out[0] = (3 * plane.get(n) + plane.get(f) + 2) >> 2;
    int last = out.length - 1;
    for (int x = 1; x <= last / 2; x++) {
      int nearLeft = plane.get(n + x - 1);
      int nearRight = plane.get(n + x);
      int farLeft = plane.get(f + x - 1);
      int farRight = plane.get(f + x);
      int sum = nearLeft + nearRight + farLeft + farRight + 8;
      out[2 * x - 1] = (((sum + 2 * (nearRight + farLeft)) >> 3) + nearLeft) >> 1;
      out[2 * x] = (((sum + 2 * (nearLeft + farRight)) >> 3) + nearRight) >> 1;
    }
    if (last % 2 == 1) {
      out[last] = (3 * plane.get(n + last / 2) + plane.get(f + last / 2) + 2) >> 2;
    }
  }

  private static void put(int luma, int u, int v, byte[] rgb, int o) {
    int light = high(luma, 19077);
    rgb[o] = clip(light + high(v, 26149) - 14234);
    rgb[o + 1] = clip(light - high(u, 6419) - high(v, 13320) + 8708);
    rgb[o + 2] = clip(light + high(u, 33050) - 17685);
  }

  private static int high(int sample, int factor) {
    return (sample * factor) >> 8;
  }

  private static byte clip(int fixed) {
    return (byte) Math.max(0, Math.min(255, fixed >> FRACTION_BITS));
  }
}
