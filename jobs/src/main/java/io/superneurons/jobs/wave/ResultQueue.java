package io.superneurons.jobs.wave;

import io.superneurons.jobs.input.ErrorKind;
import java.util.ArrayDeque;
import java.util.Queue;

/** Numbers the results of one Spark task, and holds them until they are asked for. */
final class ResultQueue implements ResultWriter {
  private final int piece;
  private final Queue<Result> results = new ArrayDeque<>();
  private int number;

  /**
   * @param piece index of the piece of rows among those of all waves
   */
  ResultQueue(int piece) {
    this.piece = piece;
  }

  @Override
  public void row(Object[] values) {
    results.add(Result.done(piece, number++, values));
  }

  @Override
  public void error(ErrorKind kind, Object[] values) {
    results.add(Result.failed(piece, number++, kind, values));
  }

  /** Adds the last result. */
  void counts(RowCounts counts) {
    results.add(Result.counts(piece, counts));
  }

  boolean isEmpty() {
    return results.isEmpty();
  }

  /** Takes the oldest result; there must be one. */
  Result next() {
    return results.remove();
  }
}
