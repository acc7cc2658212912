package io.superneurons.jobs.label;

import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.pass.BatchRunner;
import io.superneurons.jobs.pass.RowSink;
import io.superneurons.jobs.wave.ResultWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;

/** Predictions as they are made: a batch is run when its first one is asked for. */
final class LabelledBatches implements ResultWriter {
  private static final int ID = 0;

  private final int[] wanted;
  private final Queue<Map.Entry<String, Object[]>> ready = new ArrayDeque<>();

  /**
   * @param wanted where the values that are wanted stand among those of a prediction
   */
  LabelledBatches(int[] wanted) {
    this.wanted = wanted;
  }

  @Override
  public void row(Object[] values) {
    Object[] some = Arrays.stream(wanted).mapToObj(index -> values[index]).toArray();
    ready.add(Map.entry((String) values[ID], some));
  }

  @Override
  public void error(ErrorKind kind, Object[] values) {
    row(values);
  }

  /** The predictions of all rows of a run, by the rows' ids. */
  Iterator<Map.Entry<String, Object[]>> of(BatchRunner.Run run, RowSink sink) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (ready.isEmpty() && run.hasNext()) {
          runBatch(run, sink);
        }
        return !ready.isEmpty();
      }

      @Override
      public Map.Entry<String, Object[]> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return ready.remove();
      }
    };
  }

  private static void runBatch(BatchRunner.Run run, RowSink sink) {
    try {
      run.next(sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The Spark task was killed", e);
    }
  }
}
