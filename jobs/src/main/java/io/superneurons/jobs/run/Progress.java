package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.Interruption;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.cli.Terminal;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.wave.LiveCounters;
import io.superneurons.jobs.wave.RowCounts;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Prints how far a job is: rows done, rows per second and the time left; and gives the alarm when
 * too many rows fail. Spark tasks count on accumulators, which executors report with their
 * heartbeats, so that a Spark task which is not done yet counts too. One that runs twice counts
 * once.
 */
final class Progress extends SparkListener implements AutoCloseable {
  private static final long PRINT_EVERY_MS = 5_000;
  private static final long DRAW_EVERY_MS = 500;

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final SparkSession spark;
  private final String job;
  private final long total;
  private final LiveCounters counters;
  private final ErrorBudget budget;
  private final Alarm alarm;
  private final PrintWriter out;
  private final OutputFolder folder;
  private final Map<Long, Slot> slotOfTask = new HashMap<>();
  private final Map<Slot, long[]> countsOfSlot = new HashMap<>();
  private final long started = System.nanoTime();

  /** Whether a bar is drawn on one line of a terminal, in place of lines. */
  private final boolean drawn = Terminal.isThere();

  private long printed = started;
  private long committedRows;
  private long committedErrors;
  private boolean alarmed;

  /** Tells others that too many rows failed. */
  @FunctionalInterface
  interface Alarm {
    void give() throws IOException;
  }

  /** A Spark task, whichever attempt at it. */
  private record Slot(int stage, int index) {}

  /**
   * @param total how many rows there are to do
   * @param folder where rows are kept
   * @param alarm given when more rows failed than the budget allows, until it was heard once
   */
  Progress(
      SparkSession spark,
      String job,
      long total,
      LiveCounters counters,
      ErrorBudget budget,
      Alarm alarm,
      PrintWriter out,
      OutputFolder folder) {
    this.spark = spark;
    this.job = job;
    this.total = total;
    this.counters = counters;
    this.budget = budget;
    this.alarm = alarm;
    this.out = out;
    this.folder = folder;
  }

  /** Starts to watch. */
  Progress start() {
    spark.sparkContext().addSparkListener(this);
    Interruption.keeps(this::kept);
    return this;
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    slotOfTask.put(start.taskInfo().taskId(), new Slot(start.stageId(), start.taskInfo().index()));
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    CollectionConverters.asJava(update.accumUpdates())
        .forEach(
            task ->
                CollectionConverters.asJava((scala.collection.Seq<AccumulableInfo>) task._4())
                    .forEach(info -> note((Long) task._1(), info)));
    report();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    CollectionConverters.asJava(end.taskInfo().accumulables())
        .forEach(info -> note(end.taskInfo().taskId(), info));
    slotOfTask.remove(end.taskInfo().taskId());
    report();
  }

  private void note(long task, AccumulableInfo info) {
    Slot slot = slotOfTask.get(task);
    if (slot == null || info.update().isEmpty()) {
      return;
    }
    if (info.id() == counters.rows().id()) {
      note(slot, 0, info);
    } else if (info.id() == counters.errors().id()) {
      note(slot, 1, info);
    }
  }

  private void note(Slot slot, int which, AccumulableInfo info) {
    long[] counts = countsOfSlot.computeIfAbsent(slot, s -> new long[2]);
    counts[which] = Math.max(counts[which], ((Number) info.update().get()).longValue());
  }

  /** From here on the rows of a committed wave count, and no longer what its Spark tasks said. */
  synchronized void committed(RowCounts counts) {
    committedRows += counts.rows() + counts.errorCount();
    committedErrors += counts.errorCount();
    slotOfTask.clear();
    countsOfSlot.clear();
  }

  private void report() {
    long rows = committedRows;
    long errors = committedErrors;
    for (long[] counts : countsOfSlot.values()) {
      rows += counts[0];
      errors += counts[1];
    }
    if (!alarmed && budget.isSpent(errors, rows)) {
      alarmed = giveAlarm();
    }
    print(Math.min(total, rows), errors);
  }

  /** A store may fail once; the next report tries again. */
  private boolean giveAlarm() {
    try {
      alarm.give();
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}: too many rows failed, and its Spark tasks could not be told", job, e);
      return false;
    }
  }

  private void print(long done, long errors) {
    long now = System.nanoTime();
    long every = drawn ? DRAW_EVERY_MS : PRINT_EVERY_MS;
    if (done > 0 && now - printed >= every * 1_000_000) {
      printed = now;
      double rate = done / seconds(now);
      String line =
          String.format(
              Locale.ROOT,
              "%,d of %,d rows, %,d failed, %.1f rows/s, %s left",
              done,
              total,
              errors,
              rate,
              duration((total - done) / rate));
      if (drawn) {
        Terminal.redraw(job + " " + Terminal.bar((double) done / total) + " " + line);
      } else {
        out.printf("%s: %s%n", job, line);
      }
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
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(this);
    if (drawn) {
      Terminal.clear();
    }
  }

  /** What is kept of the run if it ends now, and how to go on. */
  synchronized String kept() {
    String more =
        switch (folder.existing()) {
          case REFUSE -> " with --resume";
          case OVERWRITE -> " with --resume in place of --overwrite";
          case RESUME -> "";
        };
    return String.format(
        Locale.ROOT,
        "%s of this run %s kept in %s; the same command%s does the rest",
        Plural.text(committedRows, "row"),
        committedRows == 1 ? "is" : "are",
        folder.path(),
        more);
  }
}
