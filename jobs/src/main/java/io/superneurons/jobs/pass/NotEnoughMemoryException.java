package io.superneurons.jobs.pass;

/** An image takes more memory than this executor has for it; it may be a good image. */
public final class NotEnoughMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotEnoughMemoryException(String message) {
    super(message);
  }

  NotEnoughMemoryException(String message, OutOfMemoryError cause) {
    super(message, cause);
  }
}
