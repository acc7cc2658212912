package io.superneurons.jobs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.cli.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that stage in one folder do not touch each other's files. */
class StagedOutputTest {
  /** Whose driver allows tasks to commit. */
  private static SparkSession spark;

  @TempDir private Path folder;
  private final Configuration conf = new Configuration(false);
  private org.apache.hadoop.fs.Path output;

  @BeforeAll
  static void open() {
    spark = Sessions.open("staging");
  }

  @AfterAll
  static void close() throws IOException {
    spark.close();
  }

  @BeforeEach
  void find() {
    output = new org.apache.hadoop.fs.Path(folder.toUri());
  }

  @Test
  void anAbortRemovesItsOwnFilesOnly() throws IOException {
    Staging lost = StagedOutput.begin(conf, output, "lost", 0);
    Staging successor = StagedOutput.begin(conf, output, "successor", 0);
    assertNotEquals(lost.attempt(), successor.attempt());
    write(lost);
    write(successor);
    StagedOutput.abortAll(conf, lost);
    StagedOutput.commitAll(conf, successor);
    assertEquals("successor", Files.readString(folder.resolve("successor.txt")));
    assertFalse(Files.exists(folder.resolve("lost.txt")));
    assertFalse(Files.exists(folder.resolve("_temporary")));
  }

  @Test
  void aCommitLeavesWhatOthersStage() throws IOException {
    Staging first = StagedOutput.begin(conf, output, "first", 7);
    Staging second = StagedOutput.begin(conf, output, "second", 7);
    write(first);
    write(second);
    StagedOutput.commitAll(conf, first);
    assertFalse(Files.exists(folder.resolve("second.txt")), "it is not committed yet");
    StagedOutput.commitAll(conf, second);
    assertEquals("first", Files.readString(folder.resolve("first.txt")));
    assertEquals("second", Files.readString(folder.resolve("second.txt")));
  }

  /** In a Spark task, whose driver has to allow the commit. */
  private static void write(Staging staging) {
    JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(List.of(0), 1)
        .foreach(number -> writeInTask(staging));
  }

  private static void writeInTask(Staging staging) throws IOException {
    Configuration conf = new Configuration(false);
    StagedOutput task = StagedOutput.open(conf, staging, 0, 0);
    org.apache.hadoop.fs.Path file = task.file(staging.run() + ".txt");
    try (var out = file.getFileSystem(conf).create(file)) {
      out.writeBytes(staging.run());
    }
    task.commit();
  }

  @Test
  void onlyWhatIsOlderThanTheLockIsLeftOver() throws IOException {
    Instant locked = Instant.now();
    for (String place : new String[] {"_temporary/1/task", "__magic_job-a", "_staged-a"}) {
      old(Files.createDirectories(folder.resolve(place)).resolve("file"), locked);
    }
    Path live = Files.createDirectories(folder.resolve("_temporary/2/task")).resolve("file");
    Files.setLastModifiedTime(Files.createFile(live), FileTime.from(locked.plusSeconds(1)));
    Path data = Files.createFile(folder.resolve("part-0.parquet"));
    OutputFolder found = OutputFolder.check(conf, folder.toString(), Existing.RESUME);
    Leftovers.remove(found, locked);
    assertFalse(Files.exists(folder.resolve("_temporary/1")));
    assertFalse(Files.exists(folder.resolve("__magic_job-a")));
    assertFalse(Files.exists(folder.resolve("_staged-a")));
    assertTrue(Files.exists(live), "a run that has the lock now stages there");
    assertTrue(Files.exists(data));
  }

  private static void old(Path file, Instant locked) throws IOException {
    Files.setLastModifiedTime(Files.createFile(file), FileTime.from(locked.minusSeconds(1)));
  }
}
