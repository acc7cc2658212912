package io.superneurons.jobs.wave;

/**
 * The place of a result among those of its wave, which Spark sorts them by: first by Spark task,
 * then in the order in which the Spark task made them, its counts last. Keys of failed rows are
 * negative, so that they are known without the rest of the result.
 */
final class ResultKey {
  private static final long ERROR = Long.MIN_VALUE;
  private static final int COUNTS = Integer.MAX_VALUE;

  private ResultKey() {}

  static long row(int task, int number) {
    return (long) task << Integer.SIZE | number;
  }

  static long error(int task, int number) {
    return ERROR | row(task, number);
  }

  static long counts(int task) {
    return row(task, COUNTS);
  }

  static boolean isError(long key) {
    return key < 0;
  }

  /** The Spark task that made it. */
  static int task(long key) {
    return (int) ((key & ~ERROR) >>> Integer.SIZE);
  }
}
