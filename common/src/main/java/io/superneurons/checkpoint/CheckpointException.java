package io.superneurons.checkpoint;

/**
 * A checkpoint folder that cannot be used: a file is missing, damaged or does not fit the model.
 * The message says what, where, and what to do.
 */
public class CheckpointException extends RuntimeException {
  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
