package io.superneurons.jobs.input;

import io.superneurons.activation.Names;

/** Why a row could not be done. */
public enum ErrorKind {
  BAD_ROW,
  IMAGE_NOT_FOUND,
  IMAGE_NOT_READABLE,
  IMAGE_NOT_ALLOWED,
  BAD_IMAGE,
  BAD_QUESTION,
  MODEL_FAILED,
  NOT_FINITE,
  /** Too little of it on this executor, which another try with more may mend. */
  MEMORY;

  /** The name in the file. */
  public String label() {
    return Names.of(this);
  }
}
