package io.superneurons.jobs.wave;

import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.manifest.EmbeddedImages;
import io.superneurons.jobs.model.ModelSpec;
import io.superneurons.jobs.pass.BatchLimit;
import io.superneurons.jobs.pass.BatchRunner;
import io.superneurons.jobs.pass.EffortClock;
import io.superneurons.jobs.pass.ExecutorModel;
import io.superneurons.jobs.pass.ImageFiles;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * Takes the rows of a Spark task through the executor's model. It is what a retry repeats; its
 * results go to the Spark tasks that write the files of the wave ({@link WaveWriter}).
 *
 * @param conf Hadoop's settings
 * @param model the model to run
 * @param maxImageBytes rows on larger image files fail
 * @param batchSize most rows in one pass
 * @param stage what to do with the rows
 * @param embedded where images that the input holds are read again
 * @param counters what has been done, for the driver to watch
 * @param stop whether the rows that are left are for a later run
 */
public record StageWork(
    Broadcast<SerializableConfiguration> conf,
    ModelSpec model,
    long maxImageBytes,
    int batchSize,
    Stage stage,
    EmbeddedImages embedded,
    LiveCounters counters,
    StopSignal stop)
    implements Function2<Integer, Iterator<Row>, Iterator<Tuple2<Long, byte[]>>>, Serializable {

  @Override
  public Iterator<Tuple2<Long, byte[]>> call(Integer index, Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    Configuration hadoop = conf.value().value();
    if (stop.isSet(hadoop)) {
      return List.of(Result.counts(index, RowCounts.ENDED_EARLY).toTuple()).iterator();
    }
    ExecutorModel loaded = ExecutorModel.get(model, hadoop);
    EffortClock clock = new EffortClock();
    ResultQueue results = new ResultQueue(index);
    Stage.Opened opened = counters.watching(stage.open(loaded, results), clock);
    EmbeddedImages.Reader embeddedImages = embedded.open(hadoop);
    Iterator<ManifestRow> prepared =
        mapped(rows, row -> opened.prepare().apply(filled(embeddedImages, row)));
    ImageFiles images = new ImageFiles(hadoop, maxImageBytes, clock);
    BatchLimit limit = BatchLimit.ofHeap(batchSize, ExecutorModel.taskSlots());
    BatchRunner.Run run =
        new BatchRunner(loaded.timedBy(clock), images, limit, opened.plan()).start(prepared);
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) ended -> close(run, embeddedImages));
    return new ComputedRows(run, opened, results, () -> stop.isSet(hadoop));
  }

  private static ManifestRow filled(EmbeddedImages.Reader images, Row row) {
    try {
      return images.filled(ManifestRow.of(row));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static void close(BatchRunner.Run run, EmbeddedImages.Reader images) {
    run.close();
    try {
      images.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <A, B> Iterator<B> mapped(Iterator<A> items, Function<A, B> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public B next() {
        return function.apply(items.next());
      }
    };
  }
}
