package io.superneurons.image.bytes;

import java.io.EOFException;

/** An encoded image ends before what its own structure promises. */
public final class CutOffException extends EOFException {
  private static final long serialVersionUID = 1L;

  /** With what is missing. */
  public CutOffException(String message) {
    super(message);
  }
}
