package io.superneurons.jobs.wave;

import io.superneurons.jobs.input.ErrorKind;
import java.util.ArrayDeque;
import java.util.Queue;

/** Numbers the results of one Spark task, and holds them until they are asked for. */
final class ResultQueue implements ResultWriter {
  private final int task;
  private final Queue<Result> results = new ArrayDeque<>();
  private int number;

  /**
   * @param task index of the Spark task among those of all waves
   */
  ResultQueue(int task) {
    this.task = task;
  }

  @Override
  public void row(Object[] values) {
    results.add(Result.done(task, number++, values));
  }

  @Override
  public void error(ErrorKind kind, Object[] values) {
    results.add(Result.failed(task, number++, kind, values));
  }

  /** Adds the last result. */
  void counts(RowCounts counts) {
    results.add(Result.counts(task, counts));
  }

  boolean isEmpty() {
    return results.isEmpty();
  }

  /** Takes the oldest result; there must be one. */
  Result next() {
    return results.remove();
  }
}
