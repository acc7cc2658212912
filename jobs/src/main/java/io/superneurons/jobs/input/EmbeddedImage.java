package io.superneurons.jobs.input;

import io.superneurons.jobs.files.Digests;
import java.io.IOException;
import java.io.Serializable;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An image that the input holds itself. Only what it is and where it is travels; its bytes are read
 * again where it is decoded.
 *
 * @param sha256 of the encoded image, hexadecimal
 * @param part the part of the input that holds it
 * @param at where, for {@link EmbeddedReader}
 * @param bytes the encoded image; null where it was not read again yet
 */
public record EmbeddedImage(String sha256, int part, long at, byte[] bytes)
    implements Serializable {
  private static final int NO_PART = -1;

  public EmbeddedImage {
    Objects.requireNonNull(sha256, "sha256");
  }

  /** An image as it was read. */
  public static EmbeddedImage of(byte[] bytes) {
    return new EmbeddedImage(sha256(bytes), NO_PART, 0, bytes);
  }

  /**
   * The image with its bytes.
   *
   * @throws IOException if they are another image's: the input has changed
   */
  public EmbeddedImage with(byte[] read) throws IOException {
    if (read == null || !sha256(read).equals(sha256)) {
      throw new IOException("an image that the input held is there no more");
    }
    return new EmbeddedImage(sha256, part, at, read);
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
  }
}
