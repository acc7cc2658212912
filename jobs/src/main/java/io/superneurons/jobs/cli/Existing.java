package io.superneurons.jobs.cli;

/** What becomes of an output that is there already. */
public enum Existing {
  REFUSE,
  OVERWRITE,
  /** It is taken up where it stopped. */
  RESUME
}
