package io.superneurons.jobs.cli;

/** Ends a run before its last row; what is done is committed, and the message says why. */
public final class RunStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RunStoppedException(String message) {
    super(message);
  }
}
