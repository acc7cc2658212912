package io.superneurons.image;

import io.superneurons.image.codec.ImageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** The files that {@code src/test/python/image_fixtures.py} wrote. */
public final class Fixtures {
  private Fixtures() {}

  public static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("No fixture " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows of a CSV file, without its header. */
  public static List<String[]> rows(String name) {
    String text = new String(bytes(name), StandardCharsets.UTF_8);
    return text.lines().skip(1).map(line -> line.split(",")).toList();
  }

  public static RgbImage image(String name) {
    return new ImageDecoder(ImageLimits.DEFAULT).decode(bytes(name));
  }

  public static long crc32(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return checksum.getValue();
  }

  /** Of the values as little-endian float32. */
  public static long crc32(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return crc32(buffer.array());
  }

  /** An image whose samples are all different from their neighbours. */
  public static RgbImage numbered(int height, int width) {
    byte[] rgb = new byte[height * width * RgbImage.CHANNELS];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * 7 + i / 256);
    }
    return new RgbImage(width, height, rgb);
  }

  /** An image of one grey sample per pixel, for legible expectations. */
  public static RgbImage grey(int height, int width, int... values) {
    byte[] rgb = new byte[values.length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) values[i / 3];
    }
    return new RgbImage(width, height, rgb);
  }
}
