package io.superneurons.jobs.wave;

/**
 * The place of a result among those of its wave: by task, then in the order in which the task made
 * them; a task's counts come last. Errors are told by the sign.
 */
public final class ResultKey {
  private static final long ERROR = Long.MIN_VALUE;
  private static final int COUNTS = Integer.MAX_VALUE;

  private ResultKey() {}

  static long row(int task, int number) {
    return (long) task << Integer.SIZE | number;
  }

  public static long error(int task, int number) {
    return ERROR | row(task, number);
  }

  static long counts(int task) {
    return row(task, COUNTS);
  }

  static boolean isError(long key) {
    return key < 0;
  }

  static boolean isCounts(long key) {
    return key >= 0 && (int) key == COUNTS;
  }

  /** The task that made it. */
  static int task(long key) {
    return (int) ((key & ~ERROR) >>> Integer.SIZE);
  }
}
