package io.superneurons.image.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.image.Fixtures;
import io.superneurons.image.ImageException;
import io.superneurons.image.ImageLimits;
import io.superneurons.image.ImageSize;
import io.superneurons.image.bytes.ByteReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibwebpTest {
  private static final ImageLimits LIMITS = new ImageLimits(100_000);

  private static WebpStructure structure(String file) throws Exception {
    return WebpStructure.parse(new ByteReader(Fixtures.bytes("decode/" + file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-s390x", "win32-x86-64"})
  void platformWithoutLibwebpIsNamed(String platform) {
    String message = assertThrows(ImageException.class, () -> Libwebp.load(platform)).getMessage();
    assertTrue(message.contains(platform), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-x86-64", "linux-aarch64", "darwin-x86-64", "darwin-aarch64"})
  void librariesAreResources(String platform) {
    assertNotNull(Libwebp.class.getResource(Libwebp.RESOURCES.get(platform)), platform);
  }

  @Test
  void frameOfAnotherSizeThanTheStructuresIsRefused() throws Exception {
    WebpStructure structure = structure("lossy.webp");
    byte[] chunk = structure.frame().copy();
    ImageSize size = structure.frameSize();
    for (int by : List.of(-1, 1)) {
      ImageSize other = new ImageSize(size.height(), size.width() + by);
      assertThrows(ImageException.class, () -> Libwebp.loaded().decode(chunk, other));
    }
  }

  @Test
  void chunkThatIsCutOffIsRefused() throws Exception {
    for (String file : List.of("lossy.webp", "lossless.webp")) {
      WebpStructure structure = structure(file);
      byte[] chunk = structure.frame().copy();
      for (int length = 0; length < chunk.length - 8; length += 7) {
        byte[] cut = Arrays.copyOf(chunk, length);
        assertThrows(
            ImageException.class, () -> Libwebp.loaded().decode(cut, structure.frameSize()));
      }
    }
  }

  /** Native code reads these bytes: whatever they are, the JVM goes on. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lossy.webp",
        "lossy-alpha.webp",
        "lossy-simple-filter.webp",
        "lossless.webp",
        "lossless-palette-16-transparent.webp",
        "lossless-palette-256-transparent.webp",
        "animated.webp"
      })
  void damageGivesAnImageOrARefusal(String file) {
    byte[] whole = Fixtures.bytes("decode/" + file);
    ImageDecoder decoder = new ImageDecoder(LIMITS);
    Random random = new Random(file.hashCode());
    int refused = 0;
    for (int i = 0; i < 100; i++) {
      try {
        assertTrue(decoder.decode(damaged(whole, random)).size().pixels() <= LIMITS.maxPixels());
      } catch (ImageException e) {
        refused++;
      }
    }
    assertTrue(refused > 0, "no damage to " + file + " was found");
  }

  /** Some bits or a block changed, or the end lost and the length of the file mended. */
  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    switch (random.nextInt(3)) {
      case 0 -> {
        for (int j = 1 + random.nextInt(20); j > 0; j--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
        for (int j = from; j < to; j++) {
          bytes[j] = (byte) random.nextInt(256);
        }
      }
      default -> {
        bytes = Arrays.copyOf(bytes, 30 + random.nextInt(bytes.length - 30));
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(4, bytes.length - 8).putInt(16, bytes.length - 20);
      }
    }
    return bytes;
  }

  @Test
  void sizeIsCheckedBeforeLibwebpSeesAByte() throws Exception {
    byte[] bytes = Fixtures.bytes("decode/lossless.webp");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(21, 0x0fffffff);
    String message =
        assertThrows(ImageException.class, () -> new ImageDecoder(LIMITS).decode(bytes))
            .getMessage();
    assertEquals(
        "WebP image of 16384 x 16384 pixels is above the limit of 100000 pixels; shrink it, or"
            + " raise the limit if it is trusted",
        message);
  }
}
