package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.input.Manifest;
import java.io.PrintWriter;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.SparkSession;

/**
 * What a run is to do.
 *
 * @param manifest all rows of the input
 * @param pending those that are not done yet
 * @param earlier what the output folder holds
 * @param rows of the output folder, by id
 * @param waves how the pending rows are cut
 */
public record RunPlan(
    Manifest manifest, Manifest pending, EarlierFiles earlier, EarlierRows rows, WavePlan waves) {

  /**
   * Plans a run.
   *
   * @param earlier what the output folder holds
   * @param bytesPerRow of a result, about
   * @throws ConfigurationException if a row that is done is another in the input now
   */
  static RunPlan of(
      SparkSession spark,
      Manifest manifest,
      EarlierFiles earlier,
      long bytesPerRow,
      RunOptions options) {
    EarlierRows rows = new EarlierRows(spark, earlier);
    Manifest versioned = RowVersions.added(manifest);
    Manifest pending = rows.pending(versioned);
    WavePlan waves = WavePlan.of(spark, pending, bytesPerRow, options);
    return new RunPlan(versioned, pending, earlier, rows, waves);
  }

  /** Rows that an earlier run did. */
  long done() {
    return manifest.rowCount() - pending.rowCount();
  }

  /** Errors of earlier runs on rows that are no longer in the input. */
  JavaPairRDD<Long, byte[]> abandoned() {
    return rows.abandoned(manifest);
  }

  /** Prints the rows, what of them is done, and how the others are cut. */
  public void print(String job, PrintWriter out) {
    out.printf(
        "%s: %s on %s for %s%n",
        job,
        Plural.text(manifest.rowCount(), "row"),
        Plural.text(manifest.imageCount(), "image"),
        Plural.text(manifest.taskCount(), "task"));
    if (done() > 0) {
      out.printf("  resumes  %s done, %,d left%n", Plural.text(done(), "row"), pending.rowCount());
    }
    out.printf("  runs in  %s%n", waves);
  }
}
