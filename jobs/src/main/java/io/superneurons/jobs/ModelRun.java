package io.superneurons.jobs;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.reflect.ClassTag$;

/**
 * A job that takes a manifest through the model: the driver's side of {@link ModelWork}. Its files
 * appear all together when the last task is done, and not at all if it fails.
 *
 * @param spark the session
 * @param name of the job, for its progress
 * @param manifest the rows
 * @param output a new folder
 * @param out where progress is printed
 */
record ModelRun(
    SparkSession spark, String name, Manifest manifest, OutputFolder output, PrintStream out) {
  /** Rows in a task where --partitions does not say: a task is what a retry repeats. */
  private static final int ROWS_PER_TASK = 256;

  /**
   * What came of a run.
   *
   * @param counts of all tasks
   * @param seconds it took
   */
  record Outcome(TaskCounts counts, double seconds) {}

  /** Tasks for a manifest: as asked for, or enough for its size and the cores. */
  static int partitions(SparkSession spark, Manifest manifest, int asked) {
    if (asked > 0) {
      return asked;
    }
    long bySize = (manifest.rowCount() + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
    long byCores = Math.min(spark.sparkContext().defaultParallelism(), manifest.imageCount());
    return Math.toIntExact(Math.max(1, Math.max(bySize, byCores)));
  }

  /**
   * Runs the tasks and commits their files.
   *
   * @param task makes the function of a task from what all tasks have in common
   */
  Outcome run(
      int partitions,
      ModelSpec model,
      ModelArguments arguments,
      Function<ModelWork, Function2<Integer, Iterator<Row>, Iterator<TaskCounts>>> task)
      throws IOException {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    String run = Long.toString(System.currentTimeMillis());
    output.clear();
    TaskOutput.begin(conf, output.path(), run);
    try (Progress progress = Progress.start(spark, name, manifest.rowCount(), out)) {
      ModelWork work =
          new ModelWork(
              spark
                  .sparkContext()
                  .broadcast(
                      new SerializableConfiguration(conf),
                      ClassTag$.MODULE$.apply(SerializableConfiguration.class)),
              model,
              arguments.maxImageBytes(),
              arguments.batchSize(),
              output.path().toString(),
              run,
              progress.rows());
      TaskCounts counts =
          manifest
              .partitioned(partitions)
              .javaRDD()
              .mapPartitionsWithIndex(task.apply(work), true)
              .collect()
              .stream()
              .reduce(TaskCounts.none(), TaskCounts::plus);
      TaskOutput.commitAll(conf, output.path(), run);
      return new Outcome(counts, progress.seconds());
    } catch (RuntimeException e) {
      TaskOutput.abortAll(conf, output.path(), run);
      throw e;
    }
  }
}
