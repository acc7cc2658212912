package io.superneurons.jobs;

import java.io.Serializable;

/**
 * One Parquet file of activations and where its rows go.
 *
 * @param path Hadoop URI of the file
 * @param targets for each row of the file, in its order, the row of the matrix it fills, or -1;
 *     rows after the last entry are not wanted
 */
record SelectFile(String path, int[] targets) implements Serializable {
  static final int UNWANTED = -1;

  /** The target of the row at that position. */
  int target(long position) {
    return position < targets.length ? targets[(int) position] : UNWANTED;
  }
}
