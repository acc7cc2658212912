package io.superneurons.jobs.wave;

import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.pass.BatchRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import scala.Tuple2;

/**
 * A task's results, computed as they are asked for, a batch at a time, so that memory does not grow
 * with the rows of a task. Ends with the task's counts.
 */
final class ComputedRows implements Iterator<Tuple2<Long, byte[]>>, ResultWriter {
  private final int task;
  private final BooleanSupplier stop;
  private final Queue<Tuple2<Long, byte[]>> ready = new ArrayDeque<>();
  private BatchRunner.Run rows;
  private RowSink sink;
  private int number;
  private boolean ended;

  /**
   * @param task its index among all tasks
   * @param stop says whether the rows that are left are for a later run
   */
  ComputedRows(int task, BooleanSupplier stop) {
    this.task = task;
    this.stop = stop;
  }

  /** What to compute; before the first result is asked for. */
  void of(BatchRunner.Run batches, RowSink outcomes) {
    rows = batches;
    sink = outcomes;
  }

  @Override
  public void row(Object[] values) {
    ready.add(new Tuple2<>(ResultKey.row(task, number++), ResultBytes.encode(values)));
  }

  @Override
  public void error(ErrorKind kind, Object[] values) {
    Object[] withKind = Arrays.copyOf(values, values.length + 1);
    withKind[values.length] = kind.name();
    ready.add(new Tuple2<>(ResultKey.error(task, number++), ResultBytes.encode(withKind)));
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !ended) {
      advance();
    }
    return !ready.isEmpty();
  }

  private void advance() {
    if (rows.hasNext() && !stop.getAsBoolean()) {
      try {
        rows.next(sink);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The task was killed", e);
      }
    } else {
      ready.add(
          new Tuple2<>(
              ResultKey.counts(task), ResultBytes.encode(new Object[] {sink.counts().toJson()})));
      ended = true;
    }
  }

  @Override
  public Tuple2<Long, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
