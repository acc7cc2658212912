package io.superneurons.jobs.run;

import io.superneurons.activation.Names;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.StagedOutput;
import io.superneurons.jobs.files.Staging;
import io.superneurons.jobs.model.CheckpointOptions;
import io.superneurons.jobs.model.ModelSpec;
import io.superneurons.jobs.pass.Effort;
import io.superneurons.jobs.wave.LiveCounters;
import io.superneurons.jobs.wave.RowCounts;
import io.superneurons.jobs.wave.Stage;
import io.superneurons.jobs.wave.StageWork;
import io.superneurons.jobs.wave.StopSignal;
import io.superneurons.jobs.wave.WaveFiles;
import io.superneurons.jobs.wave.WaveWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;
import scala.runtime.AbstractFunction1;

/**
 * Takes rows through the model in waves: the driver's side of extract and label. The rows of a wave
 * are computed by many Spark tasks ({@link StageWork}), so that a retry repeats little; their
 * results go to few files ({@link WaveWriter}), which appear when the wave is committed. The driver
 * holds no rows.
 */
public final class Waves {
  private static final Logger LOG = LoggerFactory.getLogger(Waves.class);

  private final SparkSession spark;
  private final String name;
  private final RunFolder folder;
  private final Stage stage;
  private final PrintWriter out;
  private final Configuration conf;
  private final Broadcast<SerializableConfiguration> sharedConf;
  private final Path path;
  private final LiveCounters counters;
  private int nextWave;

  /**
   * @param name name of the job
   * @param folder the output folder, locked
   * @param stage what to do with the rows
   * @param out where progress is printed
   */
  public Waves(SparkSession spark, String name, RunFolder folder, Stage stage, PrintWriter out) {
    this.spark = spark;
    this.name = name;
    this.folder = folder;
    this.stage = stage;
    this.out = out;
    this.conf = spark.sparkContext().hadoopConfiguration();
    this.sharedConf = Sessions.broadcastHadoopConfiguration(spark);
    this.path = folder.output().path();
    this.counters = LiveCounters.of(spark.sparkContext(), name);
    this.nextWave = folder.committed().nextWave();
  }

  /**
   * Runs the waves of a plan, one after the other, and commits each.
   *
   * @param model the model to run
   * @param options how executors read images and cut batches
   * @param budget how many rows may fail
   */
  public Outcome run(RunPlan plan, ModelSpec model, CheckpointOptions options, ErrorBudget budget)
      throws IOException {
    folder.unfinished();
    RowCounts earlier = plan.earlier().counts().plus(supersedeErrors(plan));
    StageWork work =
        new StageWork(
            sharedConf,
            model,
            options.maxImageBytes(),
            options.batchSize(),
            stage,
            plan.rows().embedded(),
            counters,
            StopSignal.in(folder.output(), folder.run()));
    RowCounts counts = RowCounts.none();
    int firstWave = nextWave;
    try (Progress progress = progress(plan, budget)) {
      JavaRDD<Tuple2<Long, byte[]>> results = results(plan, work);
      for (WavePlan.Wave wave : plan.waves().waves()) {
        RowCounts done = commit(wave, part(results, wave), earlier.plus(counts));
        counts = counts.plus(done);
        progress.committed(done);
        if (isToStop(counts, budget)) {
          break;
        }
      }
      Outcome.End end = end(counts, plan, budget);
      Outcome outcome = new Outcome(counts, earlier.plus(counts), progress.seconds(), end);
      folder.requireWhole(outcome, plan);
      if (end == Outcome.End.DONE) {
        new CommittedRows(spark, folder.output()).require(firstWave, plan);
      }
      log("run_ended", "end=" + Names.of(end), counts, progress.seconds());
      return outcome;
    }
  }

  /**
   * Deletes the files of rows that failed in earlier runs, which are to be done again. The errors
   * of rows that are no longer in the input are kept, in a new file. So there is one outcome per
   * row.
   *
   * @return counts of the errors that are kept
   */
  private RowCounts supersedeErrors(RunPlan plan) throws IOException {
    if (plan.earlier().errorFiles().isEmpty()) {
      return RowCounts.none();
    }
    RowCounts kept = commit(new WavePlan.Wave(0, 1, 1), plan.abandoned(), RowCounts.none());
    folder.deleteErrors(plan.earlier().errorFiles());
    return kept;
  }

  private Progress progress(RunPlan plan, ErrorBudget budget) {
    return new Progress(
            spark, name, plan.pending(), counters, budget, this::stopTasks, out, folder.output())
        .start();
  }

  /** The results of all waves: cut into pieces once, and computed wave by wave. */
  private JavaRDD<Tuple2<Long, byte[]>> results(RunPlan plan, StageWork work) {
    int pieces = Math.max(1, plan.waves().pieces());
    return plan.rows().pieces(pieces).mapPartitionsWithIndex(work, true);
  }

  /** Says which of the pieces of a run belong to a wave. */
  private static final class OfWave extends AbstractFunction1<Object, Object>
      implements Serializable {
    private static final long serialVersionUID = 1;

    private final int firstPiece;
    private final int pieces;

    OfWave(WavePlan.Wave wave) {
      this.firstPiece = wave.firstPiece();
      this.pieces = wave.pieces();
    }

    @Override
    public Object apply(Object piece) {
      int index = (Integer) piece;
      return index >= firstPiece && index < firstPiece + pieces;
    }
  }

  private static JavaPairRDD<Long, byte[]> part(
      JavaRDD<Tuple2<Long, byte[]>> results, WavePlan.Wave wave) {
    return JavaPairRDD.fromJavaRDD(
        PartitionPruningRDD.create(results.rdd(), new OfWave(wave)).toJavaRDD());
  }

  /**
   * Runs a wave and makes its files appear.
   *
   * @param before counts of the rows that are committed already
   */
  private RowCounts commit(WavePlan.Wave wave, JavaPairRDD<Long, byte[]> results, RowCounts before)
      throws IOException {
    int number = nextWave++;
    long started = System.nanoTime();
    folder.requireHeld();
    Staging staging = StagedOutput.begin(conf, path, folder.run(), number);
    try {
      RowCounts counts =
          results
              .repartitionAndSortWithinPartitions(
                  new WaveFiles(wave.firstPiece(), wave.pieces(), wave.files()))
              .map(tuple -> tuple)
              .mapPartitionsWithIndex(new WaveWriter(sharedConf, staging, stage, counters), true)
              .collect()
              .stream()
              .reduce(RowCounts.none(), RowCounts::plus);
      before.requireFits(counts);
      appear(staging, counts);
      double seconds = (System.nanoTime() - started) / 1e9;
      log("wave_committed", "wave=" + number, counts, seconds);
      return counts;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      abort(staging, e);
      throw e;
    }
  }

  /** A wave without rows has no files, and S3A's committer fails where nothing was uploaded. */
  private void appear(Staging staging, RowCounts counts) throws IOException {
    folder.requireHeld();
    if (counts.rows() + counts.errorCount() > 0) {
      StagedOutput.commitAll(conf, staging);
    } else {
      StagedOutput.abortAll(conf, staging);
    }
    folder.requireCommitted(staging.wave(), stage.files(), counts);
  }

  /** Logs keys and values, for programs that read logs. */
  private void log(String event, String more, RowCounts counts, double seconds) {
    Effort effort = counts.effort();
    LOG.info(
        "job={} event={} {} rows={} errors={} seconds={} tokens={} read_seconds={}"
            + " prepare_seconds={} model_seconds={} write_seconds={}",
        name,
        event,
        more,
        counts.rows(),
        counts.errorCount(),
        rounded(seconds),
        effort.tokens(),
        rounded(effort.readNanos() / 1e9),
        rounded(effort.prepareNanos() / 1e9),
        rounded(effort.modelNanos() / 1e9),
        rounded(effort.writeNanos() / 1e9));
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1e3;
  }

  /**
   * Cleans up, where the folder is still this run's, and else takes back what came late; should
   * that fail too, the first failure is still the one that is reported.
   *
   * @throws IllegalStateException if the lock is lost, which explains all other failures
   */
  private void abort(Staging staging, Exception reason) {
    try {
      folder.removeLate();
      folder.requireHeld();
      StagedOutput.abortAll(conf, staging);
    } catch (IllegalStateException lost) {
      lost.addSuppressed(reason);
      throw lost;
    } catch (IOException | RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  /** Only in a folder that is still this run's: it would stop the next one. */
  private void stopTasks() throws IOException {
    folder.requireHeld();
    folder.output().write(StopSignal.FILE_NAME, "too many errors\n");
  }

  /** Whether the waves that are left are for another run; one that heeded the stop ends the run. */
  private boolean isToStop(RowCounts counts, ErrorBudget budget) throws IOException {
    return counts.endedEarly() > 0
        || budget.isSpent(counts.errorCount(), counts.tried())
        || folder.output().read(StopSignal.FILE_NAME).isPresent();
  }

  /**
   * Why the run ends; that it is done is for the counts alone to say, not for who asked to stop.
   */
  private static Outcome.End end(RowCounts counts, RunPlan plan, ErrorBudget budget) {
    boolean isDone = counts.tried() == plan.pending() && counts.endedEarly() == 0;
    long errors = counts.errorCount();
    if (isDone
        ? budget.isSpentAtEnd(errors, counts.tried())
        : budget.isSpent(errors, counts.tried())) {
      return Outcome.End.TOO_MANY_ERRORS;
    }
    if (!isDone) {
      return Outcome.End.STOPPED;
    }
    boolean noneDone = plan.done() + counts.rows() == 0;
    return noneDone && errors > 0 ? Outcome.End.NOTHING_DONE : Outcome.End.DONE;
  }
}
