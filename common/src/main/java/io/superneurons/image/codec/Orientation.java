package io.superneurons.image.codec;

import io.superneurons.image.RgbImage;

/**
 * How a stored image has to be turned to stand upright: EXIF tag 274. As Pillow's {@code
 * ImageOps.exif_transpose}; values outside 1 to 8 mean no turning, as there.
 */
enum Orientation {
  UPRIGHT,
  FLIPPED_LEFT_RIGHT,
  ROTATED_180,
  FLIPPED_TOP_BOTTOM,
  TRANSPOSED,
  ROTATE_CLOCKWISE,
  TRANSVERSED,
  ROTATE_COUNTERCLOCKWISE;

  /** The orientation of a tag's value. */
  static Orientation ofTag(long value) {
    return value >= 1 && value <= values().length ? values()[(int) value - 1] : UPRIGHT;
  }

  /** The image turned upright. */
  RgbImage apply(RgbImage image) {
    if (this == UPRIGHT) {
      return image;
    }
    boolean swapsSides = ordinal() >= TRANSPOSED.ordinal();
    int width = swapsSides ? image.height() : image.width();
    int height = swapsSides ? image.width() : image.height();
    byte[] in = image.rgb();
    byte[] out = new byte[in.length]; // [height, width, 3]
    int right = image.width() - 1;
    int bottom = image.height() - 1;
    int o = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i =
            switch (this) {
              case UPRIGHT -> image.offset(x, y);
              case FLIPPED_LEFT_RIGHT -> image.offset(right - x, y);
              case ROTATED_180 -> image.offset(right - x, bottom - y);
              case FLIPPED_TOP_BOTTOM -> image.offset(x, bottom - y);
              case TRANSPOSED -> image.offset(y, x);
              case ROTATE_CLOCKWISE -> image.offset(y, bottom - x);
              case TRANSVERSED -> image.offset(right - y, bottom - x);
              case ROTATE_COUNTERCLOCKWISE -> image.offset(right - y, x);
            };
        out[o++] = in[i];
        out[o++] = in[i + 1];
        out[o++] = in[i + 2];
      }
    }
    return new RgbImage(width, height, out);
  }
}
