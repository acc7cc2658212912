package io.superneurons.jobs;

import java.util.Locale;

/** What tells the set of a row. */
enum SplitBy {
  /** Its {@code split}. */
  COLUMN,

  /** A hash of its image. */
  IMAGE;

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  static SplitBy of(String name) {
    for (SplitBy one : values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException("Rows are split by column or image");
  }
}
