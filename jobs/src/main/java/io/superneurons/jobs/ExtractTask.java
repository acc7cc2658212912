package io.superneurons.jobs;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.ExtractOptions.OnError;
import io.superneurons.model.Capture;
import io.superneurons.model.RowOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Extract's work on one partition: rows through the executor's model into one Parquet file.
 *
 * @param conf of Hadoop
 * @param model what to run
 * @param imageFolder what relative image paths start from
 * @param maxImageBytes larger image files become error rows
 * @param batchSize rows in one pass
 * @param layout what to capture
 * @param storeDType what to store it in
 * @param maxNewTokens longest answer; 0 for none
 * @param onError whether a failed row ends the job
 * @param output the output folder
 * @param run names this run to the committer
 * @param progress counts rows
 */
record ExtractTask(
    Broadcast<SerializableConfiguration> conf,
    ModelSpec model,
    String imageFolder,
    long maxImageBytes,
    int batchSize,
    ActivationLayout layout,
    StoreDType storeDType,
    int maxNewTokens,
    OnError onError,
    String output,
    String run,
    LongAccumulator progress)
    implements Function2<Integer, Iterator<Row>, Iterator<TaskCounts>>, Serializable {

  @Override
  public Iterator<TaskCounts> call(Integer partition, Iterator<Row> rows) throws Exception {
    if (!rows.hasNext()) {
      return List.of(TaskCounts.none()).iterator();
    }
    Configuration hadoop = conf.value().value();
    long attempt = TaskContext.get().taskAttemptId();
    TaskOutput files = TaskOutput.open(hadoop, new Path(output), run, partition, attempt);
    try {
      TaskCounts counts = write(hadoop, files, partition, rows);
      files.commit();
      return List.of(counts).iterator();
    } catch (IOException | RuntimeException | InterruptedException e) {
      files.abort();
      throw e;
    }
  }

  private TaskCounts write(
      Configuration hadoop, TaskOutput files, int partition, Iterator<Row> rows)
      throws IOException, InterruptedException {
    ExecutorModel loaded = ExecutorModel.get(model);
    Capture capture =
        maxNewTokens > 0
            ? Capture.withAnswer(layout.columns(), maxNewTokens)
            : Capture.of(layout.columns());
    ImageFiles images = new ImageFiles(hadoop, imageFolder, maxImageBytes);
    BatchRunner runner = new BatchRunner(loaded, images, batchSize, capture);
    try (ActivationsWriter writer =
        new ActivationsWriter(
            hadoop,
            files,
            partition,
            layout,
            new ActivationCodec(storeDType),
            loaded,
            () -> progress.add(1))) {
      runner.run(mapped(rows, ManifestRow::of), onError == OnError.FAIL ? failing(writer) : writer);
      return writer.counts();
    }
  }

  private static BatchRunner.Sink failing(ActivationsWriter writer) {
    return new BatchRunner.Sink() {
      @Override
      public void done(ManifestRow row, RowOutput result) throws IOException {
        writer.done(row, result);
      }

      @Override
      public void failed(RowError error) {
        throw new IllegalStateException(
            "Row %s failed (%s): %s; --on-error skip goes on"
                .formatted(error.row().id(), error.error().label(), error.detail()));
      }
    };
  }

  static <A, B> Iterator<B> mapped(Iterator<A> items, Function<A, B> function) {
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
