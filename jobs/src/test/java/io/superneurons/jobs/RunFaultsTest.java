package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.FaultPlan.Fault;
import io.superneurons.jobs.FaultPlan.Step;
import io.superneurons.jobs.cli.RunStoppedException;
import io.superneurons.jobs.cli.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
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
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs on a file system that goes wrong at random steps of staging, commit, lock and resume: no row
 * is lost or there twice, and none is called done that is not.
 */
class RunFaultsTest {
  /** Another number of sequences, for a longer search than a build has time for. */
  private static final int SEEDS = Integer.getInteger("faults.seeds", 8);

  /** With so many sequences something goes wrong at every step. */
  private static final int ENOUGH = 8;

  private static final long FIRST = Long.getLong("faults.first", 1);

  private static final List<Fault> KINDS =
      Arrays.stream(Fault.values())
          .filter(fault -> fault != Fault.PAUSED && fault != Fault.KILLED)
          .toList();

  private static final int FAULTY_RUNS = 3;

  private static SparkSession spark;
  private static final Set<Step> STRUCK = EnumSet.noneOf(Step.class);
  private static int takeovers;

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
    if (SEEDS >= ENOUGH) {
      assertEquals(EnumSet.allOf(Step.class), STRUCK);
      assertTrue(takeovers > 1, takeovers + " takeovers");
    }
  }

  @Test
  void aStopThatIsTakenBackLeavesRowsForTheNextRun() throws IOException {
    FaultySequence runs = new FaultySequence(spark, folder, FaultySequence.Job.EXTRACT, 0, KINDS);
    Exception end = runs.alone(FaultPlan.always(Fault.STOP_SHOWN));
    RunStoppedException stopped = assertInstanceOf(RunStoppedException.class, end);
    assertTrue(stopped.getMessage().contains("rows left"), stopped.getMessage());
    assertTrue(runs.done() < FaultyInput.FIRST_ROWS);
    assertNull(runs.alone(FaultPlan.NONE));
    assertEquals(FaultyInput.FIRST_ROWS, runs.done());
  }

  static LongStream seeds() {
    return LongStream.range(FIRST, FIRST + SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noFaultLosesOrDoublesARow(long seed) throws Exception {
    FaultySequence.Job job = seed % 2 == 0 ? FaultySequence.Job.EXTRACT : FaultySequence.Job.LABEL;
    FaultySequence runs = new FaultySequence(spark, folder, job, seed, KINDS);
    runs.run(FAULTY_RUNS);
    STRUCK.addAll(runs.struck());
    takeovers += runs.takeovers();
  }
}
