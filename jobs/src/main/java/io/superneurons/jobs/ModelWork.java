package io.superneurons.jobs;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What the tasks of extract and of label have in common: a partition's rows go through the
 * executor's model into files that appear when the job commits.
 *
 * @param conf of Hadoop
 * @param model what to run
 * @param maxImageBytes larger image files become error rows
 * @param batchSize rows in one pass
 * @param output the output folder
 * @param run names this run to the committer
 * @param progress counts rows
 */
record ModelWork(
    Broadcast<SerializableConfiguration> conf,
    ModelSpec model,
    long maxImageBytes,
    int batchSize,
    String output,
    String run,
    LongAccumulator progress)
    implements Serializable {

  /** Makes the sink of a task. */
  interface SinkOpener {
    RowSink open(Files files, ExecutorModel model);
  }

  /**
   * The files of a task.
   *
   * @param conf of Hadoop
   * @param output where they are made
   * @param partition of the task
   */
  record Files(Configuration conf, TaskOutput output, int partition) {
    /** A file of this task, in a folder below the output folder ("" for the folder itself). */
    Path path(String folder) throws IOException {
      String name = "part-%05d.parquet".formatted(partition);
      return output.file(folder.isEmpty() ? name : folder + "/" + name);
    }
  }

  /** Runs a partition's rows and commits its files. */
  TaskCounts run(int partition, Iterator<ManifestRow> rows, CapturePlan plan, SinkOpener opener)
      throws IOException, InterruptedException {
    if (!rows.hasNext()) {
      return TaskCounts.none();
    }
    Configuration hadoop = conf.value().value();
    long attempt = TaskContext.get().taskAttemptId();
    TaskOutput files = TaskOutput.open(hadoop, new Path(output), run, partition, attempt);
    try {
      ExecutorModel loaded = ExecutorModel.get(model, hadoop);
      ImageFiles images = new ImageFiles(hadoop, maxImageBytes);
      TaskCounts counts;
      try (RowSink sink = opener.open(new Files(hadoop, files, partition), loaded)) {
        new BatchRunner(loaded, images, batchSize, plan).run(rows, sink);
        counts = sink.counts();
      }
      files.commit();
      return counts;
    } catch (IOException | RuntimeException | InterruptedException e) {
      files.abort();
      throw e;
    }
  }

  /** Counts a row as done. */
  void rowDone() {
    progress.add(1);
  }

  /** The rows of a Spark partition. */
  static Iterator<ManifestRow> manifestRows(Iterator<Row> rows) {
    return mapped(rows, ManifestRow::of);
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
