package io.superneurons.image.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.image.Fixtures;
import io.superneurons.image.ImageException;
import io.superneurons.image.ImageLimits;
import io.superneurons.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the decoder does with input that is not an image, or only part of one. */
class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

  static Stream<String> files() {
    return Fixtures.rows("decode.csv").stream().map(row -> row[0]);
  }

  /** Those of one image: half of an animation may hold its whole first frame. */
  static Stream<String> singles() {
    return files().filter(file -> !file.startsWith("animated") && !file.startsWith("two-"));
  }

  static Stream<String> largerThanAPixel() {
    return files().filter(file -> !file.contains("-1x1."));
  }

  private String refusal(byte[] encoded) {
    return assertThrows(ImageException.class, () -> decoder.decode(encoded)).getMessage();
  }

  @Test
  void emptyInputIsRefused() {
    assertEquals("The image file is empty", refusal(new byte[0]));
  }

  @Test
  void unknownFormatIsRefusedWithTheKnownFormatsAndNoneOfItsBytes() {
    String message = refusal("a secret".getBytes());
    assertEquals(
        "Not an image of a known format; formats: JPEG, PNG, WebP, GIF, BMP, TIFF", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sizeftypavif | an AVIF image",
        "sizeftypheic | a HEIC image",
        "sizeftypisom | a video",
        "<!DOCTYPE html> | an HTML page",
        "<?xml version='1.0'?> | XML",
        "{\"error\": 404} | JSON",
        "version https://git-lfs.github.com/spec/v1 | a pointer of Git LFS",
        "%PDF-1.7 | a PDF file",
      })
  void anotherFileIsCalledWhatItIs(String head, String name) {
    String message = refusal(head.getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(message.startsWith("Not an image of a known format, but " + name), message);
  }

  @Test
  void coloursThatAreNotReadAreRefused() {
    byte[] lab = {
      'I', 'I', 42, 0, 8, 0, 0, 0, 3, 0, // the directory, which has three tags:
      0, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, // a width of 1
      1, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, // a height of 1
      6, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0, // and CIELAB
    };
    assertEquals("TIFF image has CIELAB colours; save it with RGB", refusal(lab));
  }

  @ParameterizedTest
  @MethodSource("largerThanAPixel")
  void moreThanTheLimitIsRefusedFromTheHeader(String file) {
    ImageDecoder strict = new ImageDecoder(new ImageLimits(1));
    byte[] encoded = Fixtures.bytes("decode/" + file);
    String message = assertThrows(ImageException.class, () -> strict.decode(encoded)).getMessage();
    assertTrue(message.startsWith(ImageFormat.of(encoded).label()), message);
    assertTrue(message.contains("above the limit of 1 pixels"), message);
  }

  @Test
  void hugePromiseAllocatesNothing() {
    byte[] bomb = Fixtures.bytes("decode/rgb.png");
    ByteBuffer.wrap(bomb).putInt(16, Integer.MAX_VALUE).putInt(20, Integer.MAX_VALUE);
    String message = refusal(bomb);
    assertTrue(message.contains("2147483647 x 2147483647"), message);
    assertTrue(message.contains("limit of 100000000 pixels"), message);
  }

  @Test
  void emptyPromiseIsRefused() {
    byte[] nothing = Fixtures.bytes("decode/rgb.png");
    ByteBuffer.wrap(nothing).putInt(16, 0);
    assertTrue(refusal(nothing).contains("size 0 x 17"));
  }

  @ParameterizedTest
  @MethodSource("singles")
  void halfAFileIsRefused(String file) {
    byte[] whole = Fixtures.bytes("decode/" + file);
    String message = refusal(Arrays.copyOf(whole, whole.length / 2));
    assertTrue(message.startsWith(ImageFormat.of(whole).label()), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"420.jpg", "progressive.jpg", "grey.jpg", "cmyk-adobe.jpg"})
  void jpegWithoutItsEndIsRefused(String file) {
    byte[] whole = Fixtures.bytes("decode/" + file);
    for (int missing : List.of(1, 2, 3, 20)) {
      String message = refusal(Arrays.copyOf(whole, whole.length - missing));
      assertTrue(message.startsWith("JPEG image is cut off"), message);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void damageGivesAnImageOrAnImageException(String file) {
    byte[] whole = Fixtures.bytes("decode/" + file);
    ImageDecoder small = new ImageDecoder(new ImageLimits(100_000));
    Random random = new Random(file.hashCode());
    for (int i = 0; i < 30; i++) {
      byte[] damaged = whole.clone();
      for (int j = 0; j < 3; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        RgbImage image = small.decode(damaged);
        assertTrue(image.size().pixels() <= 100_000);
      } catch (ImageException e) {
        assertTrue(e.getMessage().length() > 10, e.getMessage());
      }
    }
  }

  @Test
  void causesAreTold() {
    byte[] broken = Fixtures.bytes("decode/rgb.png");
    Arrays.fill(broken, 45, broken.length - 20, (byte) 0x55);
    String message = refusal(broken);
    assertTrue(message.startsWith("PNG image cannot be decoded: "), message);
    assertTrue(message.contains(": "), message);
  }

  /** A text of a few kilobytes may hold gigabytes. */
  @Test
  void textThatWouldFillTheHeapIsNotReadAndThePixelsAreGood() throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(text)) {
      deflated.write(new byte[1 << 26]);
    }
    byte[] plain = Fixtures.bytes("decode/rgb.png");
    byte[] keyword = "XML:com.adobe.xmp\0\0".getBytes(StandardCharsets.ISO_8859_1);
    byte[] chunk =
        ByteBuffer.allocate(12 + keyword.length + text.size())
            .putInt(keyword.length + text.size())
            .put("zTXt".getBytes(StandardCharsets.ISO_8859_1))
            .put(keyword)
            .put(text.toByteArray())
            .array();
    CRC32 checksum = new CRC32();
    checksum.update(chunk, 4, chunk.length - 8);
    ByteBuffer.wrap(chunk).putInt(chunk.length - 4, (int) checksum.getValue());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(plain, 0, 33); // signature and IHDR
    file.write(chunk);
    file.write(plain, 33, plain.length - 33);
    assertEquals(decoder.decode(plain), decoder.decode(file.toByteArray()));
  }

  @Test
  void twelveBitJpegIsRefusedByName() {
    byte[] jpeg = Fixtures.bytes("decode/420.jpg");
    for (int i = 0; i < jpeg.length - 4; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
        jpeg[i + 4] = 12;
      }
    }
    assertTrue(refusal(jpeg).contains("12 bits a sample"));
  }

  /** Spark's executors run tasks with context class loaders that may not see the plug-ins. */
  @Test
  void readersAreFoundWhateverTheContextClassLoader() throws Exception {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
    URL[] urls = new URL[entries.length];
    for (int i = 0; i < entries.length; i++) {
      urls[i] = Path.of(entries[i]).toUri().toURL();
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader fresh = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
      Class<?> limits = fresh.loadClass(ImageLimits.class.getName());
      Class<?> type = fresh.loadClass(ImageDecoder.class.getName());
      Object strange =
          type.getConstructor(limits).newInstance(limits.getField("DEFAULT").get(null));
      for (String file : List.of("420.jpg", "rgb.png", "lossless.webp", "rgb-plain.tif")) {
        Object image =
            type.getMethod("decode", byte[].class)
                .invoke(strange, (Object) Fixtures.bytes("decode/" + file));
        assertEquals(decoder.decode(Fixtures.bytes("decode/" + file)).toString(), image.toString());
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
