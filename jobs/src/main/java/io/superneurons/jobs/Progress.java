package io.superneurons.jobs;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Prints how far a job is: rows done, rows a second and the time left. Tasks count on an
 * accumulator; executors report it with their heartbeats, so that a long task shows too.
 */
final class Progress extends SparkListener implements AutoCloseable {
  private static final long PRINT_EVERY_MS = 5_000;

  private final SparkSession spark;
  private final String job;
  private final long total;
  private final PrintStream out;
  private final LongAccumulator rows;
  private final Map<Long, Long> rowsByTask = new ConcurrentHashMap<>();
  private final long started = System.nanoTime();
  private long printed = started;

  private Progress(SparkSession spark, String job, long total, PrintStream out) {
    this.spark = spark;
    this.job = job;
    this.total = total;
    this.out = out;
    this.rows = spark.sparkContext().longAccumulator(job + " rows");
  }

  /** Starts to watch. */
  static Progress start(SparkSession spark, String job, long total, PrintStream out) {
    Progress progress = new Progress(spark, job, total, out);
    spark.sparkContext().addSparkListener(progress);
    return progress;
  }

  /** What tasks count their rows on. */
  LongAccumulator rows() {
    return rows;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    CollectionConverters.asJava(update.accumUpdates())
        .forEach(
            task ->
                CollectionConverters.asJava((scala.collection.Seq<AccumulableInfo>) task._4())
                    .forEach(info -> note((Long) task._1(), info)));
    print();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    CollectionConverters.asJava(end.taskInfo().accumulables())
        .forEach(info -> note(end.taskInfo().taskId(), info));
    print();
  }

  private void note(long task, AccumulableInfo info) {
    if (info.id() == rows.id() && info.update().isDefined()) {
      rowsByTask.put(task, ((Number) info.update().get()).longValue());
    }
  }

  private synchronized void print() {
    long now = System.nanoTime();
    long done = Math.min(total, rowsByTask.values().stream().mapToLong(Long::longValue).sum());
    if (done > 0 && now - printed >= PRINT_EVERY_MS * 1_000_000) {
      printed = now;
      double rate = done / seconds(now);
      out.printf(
          "%s: %,d of %,d rows, %.1f rows/s, %s left%n",
          job, done, total, rate, duration((total - done) / rate));
    }
  }

  private double seconds(long now) {
    return (now - started) / 1e9;
  }

  /** Seconds since the start. */
  double seconds() {
    return seconds(System.nanoTime());
  }

  /** A duration such as {@code 45 s} or {@code 2 h 03 min}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return "%d min %02d s".formatted(whole / 60, whole % 60);
    }
    return "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(this);
  }
}
