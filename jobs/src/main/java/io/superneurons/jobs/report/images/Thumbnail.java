package io.superneurons.jobs.report.images;

import io.superneurons.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * A small picture of an image.
 *
 * @param width in pixels
 * @param height in pixels
 * @param uri the encoded picture as a {@code data:} URI
 */
public record Thumbnail(int width, int height, String uri) {
  /** The longer side: enough for a tile on a screen with two pixels per point. */
  static final int SIDE = 160;

  /** Shrinks an image, each pixel the mean of those that it covers; one that is small stays. */
  public static Thumbnail of(RgbImage image) {
    double scale = Math.min(1, (double) SIDE / Math.max(image.width(), image.height()));
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        small.setRGB(x, y, mean(image, x, y, width, height));
      }
    }
    byte[] jpeg = encoded(small, "jpg");
    byte[] png = encoded(small, "png"); // drawings are smaller and sharper so
    boolean isDrawing = png.length <= jpeg.length;
    String type = isDrawing ? "data:image/png;base64," : "data:image/jpeg;base64,";
    return new Thumbnail(
        width, height, type + Base64.getEncoder().encodeToString(isDrawing ? png : jpeg));
  }

  /** The mean colour of what a pixel of the small picture covers. */
  private static int mean(RgbImage image, int x, int y, int width, int height) {
    int left = (int) ((long) x * image.width() / width);
    int right = Math.max(left + 1, (int) ((x + 1L) * image.width() / width));
    int top = (int) ((long) y * image.height() / height);
    int bottom = Math.max(top + 1, (int) ((y + 1L) * image.height() / height));
    long[] sums = new long[RgbImage.CHANNELS];
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        int at = image.offset(column, row);
        for (int channel = 0; channel < sums.length; channel++) {
          sums[channel] += image.rgb()[at + channel] & 0xff;
        }
      }
    }
    long count = (long) (right - left) * (bottom - top);
    return (int) (sums[0] / count << 16 | sums[1] / count << 8 | sums[2] / count);
  }

  private static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot encode a picture", e);
    }
    return bytes.toByteArray();
  }
}
