package io.superneurons.jobs.cli;

/** What to do with an output that exists already. */
public enum Existing {
  REFUSE,
  OVERWRITE,
  /** Go on where an earlier run stopped. */
  RESUME
}
