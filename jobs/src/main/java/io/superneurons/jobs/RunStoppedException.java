package io.superneurons.jobs;

/** Ends a run before its last row, with what is done committed; the message says why. */
final class RunStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RunStoppedException(String message) {
    super(message);
  }
}
