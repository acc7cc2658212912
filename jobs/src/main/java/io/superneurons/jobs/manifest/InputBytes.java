package io.superneurons.jobs.manifest;

import org.apache.spark.TaskContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import scala.Function0;

/** Tells Spark how many bytes a Spark task read of the input, as Spark's own readers do. */
final class InputBytes {
  private final Function0<Object> read = SparkHadoopUtil.get().getFSBytesReadOnThreadCallback();

  /** To be called once, on the thread that read. */
  void report() {
    long bytes = (Long) read.apply();
    TaskContext task = TaskContext.get();
    if (task == null) {
      return; // not in a Spark task
    }
    task.taskMetrics().inputMetrics().incBytesRead(bytes);
  }
}
