package io.superneurons.jobs.wave;

import io.superneurons.jobs.pass.BatchRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import scala.Tuple2;

/**
 * The results of a Spark task, computed batch by batch as they are asked for, so that memory does
 * not grow with its rows. The last one is what the stage counted, which also tells whether the
 * Spark task ended before its last row.
 */
final class ComputedRows implements Iterator<Tuple2<Long, byte[]>> {
  private final BatchRunner.Run rows;
  private final Stage.Opened stage;
  private final ResultQueue results;
  private final BooleanSupplier stop;
  private boolean ended;

  /**
   * @param rows what to compute
   * @param stage receives what came of the rows
   * @param results where the stage puts its results
   * @param stop says whether the rows that are left are for a later run
   */
  ComputedRows(
      BatchRunner.Run rows, Stage.Opened stage, ResultQueue results, BooleanSupplier stop) {
    this.rows = rows;
    this.stage = stage;
    this.results = results;
    this.stop = stop;
  }

  @Override
  public boolean hasNext() {
    while (results.isEmpty() && !ended) {
      advance();
    }
    return !results.isEmpty();
  }

  private void advance() {
    if (rows.hasNext() && !stop.getAsBoolean()) {
      try {
        rows.next(stage.sink());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The Spark task was killed", e);
      }
    } else {
      RowCounts counts = stage.counts().get();
      results.counts(rows.hasNext() ? counts.plus(RowCounts.ENDED_EARLY) : counts);
      ended = true;
    }
  }

  @Override
  public Tuple2<Long, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return results.next().toTuple();
  }
}
