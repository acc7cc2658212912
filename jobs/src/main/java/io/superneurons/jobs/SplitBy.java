package io.superneurons.jobs;

import io.superneurons.activation.Names;

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
      if (Names.of(one).equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException("Rows are split by column or image");
  }
}
