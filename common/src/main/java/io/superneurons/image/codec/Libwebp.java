package io.superneurons.image.codec;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import io.superneurons.image.ImageException;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import java.util.Map;

/**
 * Google's libwebp, which Pillow decodes with too. Its native library is a resource; JNA puts it
 * into a temporary folder, loads it and removes the file. Thread-safe.
 *
 * <p>libwebp reads no byte outside the chunk that it is given and writes none outside the room that
 * the caller's size gives it. Its functions are in {@code src/webp/decode.h} of its sources.
 */
final class Libwebp {
  /** By JNA's names of platforms. */
  static final Map<String, String> RESOURCES =
      Map.of(
          "linux-x86-64", "/native/Linux/x86_64/libwebp-imageio.so",
          "linux-aarch64", "/native/Linux/aarch64/libwebp-imageio.so",
          "darwin-x86-64", "/native/Mac/x86_64/libwebp-imageio.dylib",
          "darwin-aarch64", "/native/Mac/aarch64/libwebp-imageio.dylib");

  private final Functions functions;

  private Libwebp(Functions functions) {
    this.functions = functions;
  }

  /** What is called of libwebp. A {@code size_t} is a long on all platforms that there are. */
  interface Functions extends Library {
    /** Reads the size, and says 0 if the header is broken. */
    int WebPGetInfo(byte[] data, long dataBytes, int[] width, int[] height);

    /** Writes [height, width, 3], and returns null if the data are broken or cut off. */
    Pointer WebPDecodeRGBInto(byte[] data, long dataBytes, Pointer out, long outBytes, int stride);
  }

  /**
   * The process's libwebp.
   *
   * @throws ImageException if it cannot be loaded here; other formats can be read all the same
   */
  static Libwebp loaded() {
    if (Loaded.failure != null) {
      throw new ImageException(Loaded.failure.getMessage(), Loaded.failure);
    }
    return Loaded.library;
  }

  /**
   * Loads libwebp.
   *
   * @param platform in JNA's spelling
   * @throws ImageException if there is none for that platform, or it cannot be loaded
   */
  static Libwebp load(String platform) {
    String resource = RESOURCES.get(platform);
    if (resource == null) {
      throw new ImageException(
          "WebP images cannot be read on "
              + platform
              + ": there is no libwebp for it; save as PNG");
    }
    try {
      return new Libwebp(Native.load(resource, Functions.class));
    } catch (LinkageError e) {
      throw unloadable(e);
    }
  }

  private static ImageException unloadable(LinkageError e) {
    return new ImageException(
        "WebP images cannot be read here, since libwebp cannot be loaded; the folder for temporary"
            + " files must allow programs to run (-Djna.tmpdir=FOLDER names another): "
            + String.valueOf(e.getMessage()).replaceAll("\\s+", " "),
        e);
  }

  /**
   * Decodes one still image without its alpha.
   *
   * @param chunk {@code VP8 } or {@code VP8L} with its header, padded or not
   * @param size of the image, already within the limits
   * @throws ImageException if the data are broken or cut off
   */
  RgbImage decode(byte[] chunk, ImageSize size) {
    int[] width = new int[1];
    int[] height = new int[1];
    if (functions.WebPGetInfo(chunk, chunk.length, width, height) == 0
        || width[0] != size.width()
        || height[0] != size.height()) {
      throw new ImageException("WebP image is broken: its frame's header is not valid");
    }
    int stride = size.width() * RgbImage.CHANNELS;
    byte[] rgb = new byte[Math.multiplyExact(stride, size.height())]; // [height, width, 3]
    try (Memory out = new Memory(rgb.length)) {
      if (functions.WebPDecodeRGBInto(chunk, chunk.length, out, rgb.length, stride) == null) {
        throw new ImageException("WebP image is broken or cut off: libwebp cannot decode it");
      }
      out.read(0, rgb, 0, rgb.length);
    }
    return new RgbImage(size.width(), size.height(), rgb);
  }

  /** Initialised by the class loader exactly once, with the first WebP image. */
  private static final class Loaded {
    private static Libwebp library;
    private static ImageException failure;

    static {
      try {
        library = load(Platform.RESOURCE_PREFIX);
      } catch (ImageException e) {
        failure = e;
      } catch (LinkageError e) {
        failure = unloadable(e); // JNA's own native library
      }
    }
  }
}
