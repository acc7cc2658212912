package io.superneurons.jobs.wave;

/**
 * The place of a result among those of its wave, which Spark sorts them by: first by piece of the
 * rows, then in the order in which a Spark task made them, its counts last. Whether a row is done
 * or failed is no part of it: a row that is computed again may change sides, but must not change
 * its file's writer.
 */
final class ResultKey {
  private static final int COUNTS = Integer.MAX_VALUE;

  private ResultKey() {}

  static long row(int piece, int number) {
    return (long) piece << Integer.SIZE | number;
  }

  static long counts(int piece) {
    return row(piece, COUNTS);
  }

  /** The piece of the rows that it is of. */
  static int piece(long key) {
    return (int) (key >>> Integer.SIZE);
  }
}
