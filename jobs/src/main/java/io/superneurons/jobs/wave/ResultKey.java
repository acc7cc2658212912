package io.superneurons.jobs.wave;

/**
 * The place of a result among those of its wave, which Spark sorts them by: first by Spark task,
 * then in the order in which the Spark task made them, its counts last. Whether a row is done or
 * failed is no part of it: a row that is computed again may change sides, but must not change its
 * file's writer.
 */
final class ResultKey {
  private static final int COUNTS = Integer.MAX_VALUE;

  private ResultKey() {}

  static long row(int task, int number) {
    return (long) task << Integer.SIZE | number;
  }

  static long counts(int task) {
    return row(task, COUNTS);
  }

  /** The Spark task that made it. */
  static int task(long key) {
    return (int) (key >>> Integer.SIZE);
  }
}
