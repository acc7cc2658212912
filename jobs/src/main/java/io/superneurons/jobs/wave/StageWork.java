package io.superneurons.jobs.wave;

import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.model.ModelSpec;
import io.superneurons.jobs.pass.BatchLimit;
import io.superneurons.jobs.pass.BatchRunner;
import io.superneurons.jobs.pass.EffortClock;
import io.superneurons.jobs.pass.ExecutorModel;
import io.superneurons.jobs.pass.ImageFiles;
import io.superneurons.jobs.pass.RowModel;
import io.superneurons.jobs.pass.TimedModel;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
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
 * Takes the rows of a task through the executor's model. It is what a retry repeats; its results go
 * to the tasks that write the files of the wave ({@link WaveWriter}).
 *
 * @param conf of Hadoop
 * @param model what to run
 * @param maxImageBytes larger image files become error rows
 * @param batchSize rows in one pass
 * @param task what to do with them
 * @param counters what has been done, for the driver to watch
 * @param stop whether to leave what is left to a later run
 */
public record StageWork(
    Broadcast<SerializableConfiguration> conf,
    ModelSpec model,
    long maxImageBytes,
    int batchSize,
    Stage task,
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
      return Collections.emptyIterator();
    }
    ExecutorModel loaded = ExecutorModel.get(model, hadoop);
    ComputedRows results = new ComputedRows(index, () -> stop.isSet(hadoop));
    Stage.Opened opened = task.open(loaded, results);
    Iterator<ManifestRow> prepared =
        mapped(rows, row -> opened.prepare().apply(ManifestRow.of(row)));
    EffortClock clock = new EffortClock();
    ImageFiles images = new ImageFiles(hadoop, maxImageBytes, clock);
    RowModel timed = new TimedModel(loaded, clock);
    BatchLimit limit = BatchLimit.ofHeap(batchSize, ExecutorModel.taskSlots());
    BatchRunner.Run run = new BatchRunner(timed, images, limit, opened.plan()).start(prepared);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> run.close());
    results.of(run, counters.watching(opened.sink(), clock));
    return results;
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
