package io.superneurons.image;

import java.util.Locale;

/** The steps between decoding and normalising, each a pure function of an image. */
public final class ImageOps {
  private ImageOps() {}

  /**
   * A part of the image.
   *
   * @param top the first row
   * @param left the first pixel in a row
   * @param size of the part, which must lie inside the image
   * @throws IllegalArgumentException if it does not
   */
  public static RgbImage crop(RgbImage image, int top, int left, ImageSize size) {
    boolean inside =
        top >= 0
            && left >= 0
            && top <= image.height() - size.height()
            && left <= image.width() - size.width();
    if (!inside) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A crop of %s at row %d, column %d is outside the image of %s",
              size,
              top,
              left,
              image.size()));
    }
    if (size.equals(image.size())) {
      return image;
    }
    int line = size.width() * RgbImage.CHANNELS;
    byte[] out = new byte[line * size.height()]; // [height, width, 3]
    for (int y = 0; y < size.height(); y++) {
      System.arraycopy(image.rgb(), image.offset(left, top + y), out, y * line, line);
    }
    return new RgbImage(size.width(), size.height(), out);
  }

  /**
   * The image on a canvas of one colour.
   *
   * @param canvas size of the result, at least that of the image
   * @param top the canvas's row of the image's first row
   * @param left the canvas's column of the image's first column
   * @throws IllegalArgumentException if the image does not fit there
   */
  public static RgbImage place(
      RgbImage image, ImageSize canvas, int top, int left, RgbColor background) {
    boolean fits =
        top >= 0
            && left >= 0
            && top <= canvas.height() - image.height()
            && left <= canvas.width() - image.width();
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "An image of %s at row %d, column %d is outside the canvas of %s",
              image.size(),
              top,
              left,
              canvas));
    }
    if (canvas.equals(image.size())) {
      return image;
    }
    RgbImage result = RgbImage.filled(canvas, background);
    int line = image.width() * RgbImage.CHANNELS;
    for (int y = 0; y < image.height(); y++) {
      System.arraycopy(image.rgb(), y * line, result.rgb(), result.offset(left, top + y), line);
    }
    return result;
  }

  /**
   * The middle of the image; where the image is smaller, with black around it. {@code
   * TorchvisionBackend.center_crop} of transformers 5.23: what cannot be halved goes right and
   * below when padding, and is cut off right and below when cropping.
   */
  public static RgbImage centerCrop(RgbImage image, ImageSize size) {
    ImageSize canvas =
        new ImageSize(
            Math.max(image.height(), size.height()), Math.max(image.width(), size.width()));
    RgbImage padded = center(image, canvas, RgbColor.BLACK);
    int top = (canvas.height() - size.height()) / 2;
    int left = (canvas.width() - size.width()) / 2;
    return crop(padded, top, left, size);
  }

  /** The image in the middle of a canvas; the odd pixel goes right and below. */
  public static RgbImage center(RgbImage image, ImageSize canvas, RgbColor background) {
    int top = (canvas.height() - image.height()) / 2;
    int left = (canvas.width() - image.width()) / 2;
    return place(image, canvas, top, left, background);
  }
}
