package io.superneurons.jobs.bench;

import io.superneurons.image.ImageSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The image that is asked about: waves of colour, the same on every run. */
final class TestImage {
  private TestImage() {}

  /** A PNG file's bytes. */
  static byte[] png(ImageSize size) {
    BufferedImage image =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        image.setRGB(x, y, wave(x, y, 17) << 16 | wave(y, x, 29) << 8 | wave(x + y, x, 11));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static int wave(int a, int b, int period) {
    return (int) (127.5 * (1 + Math.sin(a / (double) period) * Math.cos(b / 23.0)));
  }
}
