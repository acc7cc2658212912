package io.superneurons.jobs.select.rows;

import io.superneurons.activation.Names;

/** What says which set a row is in. */
public enum SplitBy {
  /** Its {@code split}; a hash of its image where no row of the input has one. */
  AUTO,

  /** Its {@code split}. */
  COLUMN,

  /** A hash of its image. */
  IMAGE;

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static SplitBy of(String name) {
    for (SplitBy one : values()) {
      if (Names.of(one).equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException("Rows are split by auto, column or image");
  }
}
