package io.superneurons.image;

/**
 * An image that cannot be used: not an image, of an unknown format, broken, cut off, or too large.
 * The message says what is wrong and of which format; the caller, who knows it, adds the path.
 */
public class ImageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public ImageException(String message) {
    super(message);
  }

  /** With what is wrong and the exception that says so. */
  public ImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
