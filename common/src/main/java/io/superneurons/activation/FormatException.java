package io.superneurons.activation;

/** A file is not of the format it should be; the message says what is wrong and what to do. */
public final class FormatException extends RuntimeException {
  public FormatException(String message) {
    super(message);
  }

  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
