package io.superneurons.jobs;

import static io.superneurons.jobs.FaultyFolder.Job.EXTRACT;
import static io.superneurons.jobs.FaultyFolder.Job.LABEL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.FaultPlan.Fault;
import io.superneurons.jobs.FaultPlan.Moment;
import io.superneurons.jobs.FaultPlan.Step;
import io.superneurons.jobs.cli.RunStoppedException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.wave.ResultFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs on a file system that goes wrong at random steps of staging, commit, lock and resume: no row
 * is lost or there twice, and none is called done that is not.
 */
class RunFaultsTest {
  /** Another number of sequences, for a longer search than a build has time for. */
  private static final int SEEDS = Integer.getInteger("faults.seeds", 4);

  /** With so many sequences something goes wrong at every step. */
  private static final int ENOUGH = 4;

  private static final long FIRST = Long.getLong("faults.first", 1);

  private static final int FAULTY_RUNS = 3;

  /** Of what happens as a test says. */
  private static final long NO_SEED = 0;

  private static SparkSession spark;
  private static final Set<Step> STRUCK = EnumSet.noneOf(Step.class);
  private static int takeovers;
  private static int sequences;

  @TempDir private Path folder;

  @BeforeAll
  static void session() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2, 3]") // so that a task that fails is tried again
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "2")
            // compiling takes longer than these few rows
            .set("spark.sql.codegen.wholeStage", "false")
            .set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .set("spark.hadoop.fs.faulty.impl", FaultyFileSystem.class.getName());
    spark = SparkSession.builder().config(Sessions.settings(conf)).appName("faults").getOrCreate();
  }

  @AfterAll
  static void everyStepWentWrong() throws IOException {
    spark.close();
    if (sequences >= ENOUGH) {
      assertEquals(EnumSet.allOf(Step.class), STRUCK);
      assertTrue(takeovers > 1, takeovers + " takeovers");
    }
  }

  private FaultyFolder folder(long seed, int rowsPerCommit) throws IOException {
    return new FaultyFolder(spark, folder, seed % 2 == 0 ? EXTRACT : LABEL, seed, rowsPerCommit);
  }

  @Test
  void aStopThatIsTakenBackLeavesRowsForTheNextRun() throws Exception {
    FaultyFolder runs = folder(NO_SEED, 3);
    Exception end = runs.alone(FaultPlan.always(Fault.STOP_SHOWN));
    RunStoppedException stopped = assertInstanceOf(RunStoppedException.class, end);
    assertTrue(stopped.getMessage().contains("rows left"), stopped.getMessage());
    assertTrue(runs.done() < FaultyInput.FIRST_ROWS);
    assertNull(runs.alone(FaultPlan.NONE));
    assertEquals(FaultyInput.FIRST_ROWS, runs.done());
  }

  /** A store loses a file of the first wave, or gives it the name that another run's would have. */
  @ParameterizedTest
  @EnumSource(names = {"FORGOTTEN", "MISNAMED"})
  void aWaveWhoseFilesAreNotThereEndsTheRun(Fault fault) throws Exception {
    FaultyFolder runs = folder(NO_SEED, 3);
    Exception end = runs.alone(FaultPlan.at(Moment.APPEARS, fault));
    String told = assertInstanceOf(IllegalStateException.class, end).getMessage();
    assertTrue(told.startsWith("Wave 0 of ") && told.contains("but its files hold"), told);
    for (Path file : RowsFound.files(runs.output())) {
      assertEquals(0, ResultFiles.wave(file.getFileName().toString()), "a later wave: " + file);
    }
  }

  /**
   * An executor is lost when one writer has handed over its rows, and the others compute theirs
   * anew: now every image that could be read is away, and the others are there.
   */
  @ParameterizedTest
  @EnumSource
  void rowsThatChangeSidesWhenTheyAreComputedAnewAreThereOnce(FaultyFolder.Job job)
      throws Exception {
    FaultyFolder runs = new FaultyFolder(spark, folder, job, NO_SEED, FaultyInput.FIRST_ROWS);
    runs.input().takeHalfAway();
    FaultyFolder.Begun run = runs.begin(FaultPlan.at(Moment.WRITES, Fault.COMPUTED_ANEW));
    assertNull(runs.end(run), runs::story);
    assertEquals(1, run.calls().story().size(), runs::story);
    runs.check(true);
  }

  static List<Encounter> encounters() {
    return Encounter.ALL;
  }

  @ParameterizedTest
  @MethodSource("encounters")
  void aRunThatLostItsFolderAddsNothingAndTakesNothing(Encounter encounter) throws Exception {
    encounter.run(folder(Encounter.ALL.indexOf(encounter), 3));
  }

  static LongStream seeds() {
    return LongStream.range(FIRST, FIRST + SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noFaultLosesOrDoublesARow(long seed) throws Exception {
    FaultyFolder runs = folder(seed, 3);
    FaultySequence sequence = new FaultySequence(runs, seed);
    sequence.run(FAULTY_RUNS);
    STRUCK.addAll(runs.struck());
    takeovers += sequence.takeovers();
    sequences++;
  }
}
