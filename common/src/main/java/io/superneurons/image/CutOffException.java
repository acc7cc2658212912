package io.superneurons.image;

import java.io.EOFException;

/** An encoded image ends before what its own structure promises. */
final class CutOffException extends EOFException {
  private static final long serialVersionUID = 1L;

  /** With what is missing. */
  CutOffException(String message) {
    super(message);
  }
}
