package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.FaultyFolder.Job;
import io.superneurons.jobs.cli.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same as {@link RunFaultsTest} on executors of their own, of which some are killed. */
@Tag("slow") // starts a Spark cluster of three processes, and executors anew
class ClusterFaultsTest {
  /** Another number of sequences, for a longer search than a build has time for. */
  private static final int SEEDS = Integer.getInteger("faults.cluster.seeds", 2);

  private static final long FIRST = Long.getLong("faults.first", 1);

  @TempDir private static Path clusterFolder;
  private static SparkCluster cluster;
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void session() throws Exception {
    cluster = SparkCluster.start(Files.createDirectories(clusterFolder.resolve("cluster")));
    SparkConf conf = new SparkConf();
    for (Map.Entry<String, String> setting : cluster.driverSettings().entrySet()) {
      conf.set(setting.getKey(), setting.getValue());
    }
    // compiling takes longer than these few rows
    conf.set("spark.sql.codegen.wholeStage", "false")
        .set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .set(FaultyRun.KILLED, clusterFolder.resolve("killed").toString())
        .set("spark.hadoop.fs.faulty.impl", FaultyFileSystem.class.getName());
    spark = SparkSession.builder().config(Sessions.settings(conf)).appName("faults").getOrCreate();
  }

  @AfterAll
  static void end() throws IOException {
    spark.close();
    cluster.close();
  }

  static LongStream seeds() {
    return LongStream.range(FIRST, FIRST + SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noFaultLosesOrDoublesARow(long seed) throws IOException, InterruptedException {
    Path killed = clusterFolder.resolve("killed");
    Files.deleteIfExists(killed);
    Job job = seed % 2 == 0 ? Job.LABEL : Job.EXTRACT;
    FaultyFolder runs = new FaultyFolder(spark, folder, job, seed, 3);
    int faultyRuns = job == Job.EXTRACT ? 1 : 0; // a cluster's runs take long
    new FaultySequence(runs, seed).killingAnExecutor().run(faultyRuns);
    assertTrue(Files.exists(killed), "an executor was killed");
  }
}
