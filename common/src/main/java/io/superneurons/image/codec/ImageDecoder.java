package io.superneurons.image.codec;

import io.superneurons.image.ImageException;
import io.superneurons.image.ImageLimits;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.CutOffException;
import java.io.IOException;

/**
 * Turns an encoded image into RGB as Hugging Face's {@code load_image} does: open with Pillow,
 * apply the EXIF orientation, convert to {@code RGB} (alpha is dropped, not blended). Thread-safe.
 */
public final class ImageDecoder {
  private final ImageLimits limits;

  /** A decoder that refuses what exceeds those limits. */
  public ImageDecoder(ImageLimits limits) {
    this.limits = limits;
  }

  /**
   * The size that a file's header promises, before orientation.
   *
   * @param encoded the whole file
   * @throws ImageException if it is no image, its header is broken or it is larger than the limits
   */
  public ImageSize size(byte[] encoded) {
    return checked(encoded, (format, header, size) -> size);
  }

  /**
   * The image in a file's bytes.
   *
   * @param encoded the whole file: JPEG, PNG, WebP, GIF (its first frame), BMP or TIFF (its first
   *     page)
   * @throws ImageException if it is none of these, broken, cut off or larger than the limits; the
   *     header is checked before anything of the image's size is allocated
   * @throws OutOfMemoryError if it does not fit in the free heap, which says nothing of the image
   */
  public RgbImage decode(byte[] encoded) {
    return checked(
        encoded,
        (format, header, size) -> {
          RgbImage image = format.codec().decode(encoded, size);
          if (!image.size().equals(size)) {
            throw new ImageException(
                format.label()
                    + " image is broken: size "
                    + image.size()
                    + ", header says "
                    + size);
          }
          return header.orientation().apply(image);
        });
  }

  /** What is made of an image whose header is within the limits. */
  @FunctionalInterface
  private interface Step<T> {
    T take(ImageFormat format, ImageHeader header, ImageSize size) throws IOException;
  }

  private <T> T checked(byte[] encoded, Step<T> step) {
    ImageFormat format = ImageFormat.of(encoded);
    try {
      ImageHeader header = format.codec().header(new ByteReader(encoded));
      ImageSize size = limits.check(format.label(), header.width(), header.height());
      return step.take(format, header, size);
    } catch (ImageException e) {
      throw e;
    } catch (CutOffException e) {
      throw new ImageException(format.label() + " image is cut off: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      // Plug-ins meet broken input with all kinds of exceptions, unchecked ones included.
      throw new ImageException(format.label() + " image cannot be decoded: " + reason(e), e);
    }
  }

  /** The messages of an exception and its causes. */
  private static String reason(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    Throwable cause = e.getCause();
    return cause == null || message.contains(cause.toString())
        ? message
        : message + ": " + reason(cause);
  }
}
