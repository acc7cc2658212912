package io.superneurons.jobs.bench;

import io.superneurons.image.ImageException;
import io.superneurons.image.ImageSize;
import io.superneurons.image.codec.ImageDecoder;
import io.superneurons.image.codec.ImageFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * The image that is asked about.
 *
 * @param encoded an image file's bytes
 * @param format of the file
 * @param size of the image, turned upright
 */
record TestImage(byte[] encoded, ImageFormat format, ImageSize size) {
  /**
   * An image file.
   *
   * @throws IllegalArgumentException if it cannot be read, or is no image
   */
  static TestImage of(Path file) {
    try {
      byte[] encoded = Files.readAllBytes(file);
      ImageSize size = new ImageDecoder(Engine.LIMITS).decode(encoded).size();
      return new TestImage(encoded, ImageFormat.of(encoded), size);
    } catch (IOException | ImageException e) {
      throw new IllegalArgumentException("--image " + file + ": " + e.getMessage(), e);
    }
  }

  /** Waves of colour, the same on every run, as a PNG file. */
  static TestImage waves(ImageSize size) {
    return new TestImage(png(size), ImageFormat.PNG, size);
  }

  private static byte[] png(ImageSize size) {
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
