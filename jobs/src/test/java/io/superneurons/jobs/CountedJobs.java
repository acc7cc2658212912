package io.superneurons.jobs;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts Spark jobs and what they read and shuffle; of all sessions since it was reset. */
public final class CountedJobs extends SparkListener {
  static final AtomicLong JOBS = new AtomicLong();
  static final AtomicLong BYTES_READ = new AtomicLong();
  static final AtomicLong BYTES_SHUFFLED = new AtomicLong();

  static void reset() {
    JOBS.set(0);
    BYTES_READ.set(0);
    BYTES_SHUFFLED.set(0);
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    JOBS.incrementAndGet();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    TaskMetrics metrics = end.taskMetrics();
    if (metrics != null) {
      BYTES_READ.addAndGet(metrics.inputMetrics().bytesRead());
      BYTES_SHUFFLED.addAndGet(metrics.shuffleWriteMetrics().bytesWritten());
    }
  }
}
