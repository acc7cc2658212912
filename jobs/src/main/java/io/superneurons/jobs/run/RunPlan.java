package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.manifest.Manifest;
import io.superneurons.jobs.manifest.PlanCounts;
import io.superneurons.jobs.manifest.PlannedRows;
import io.superneurons.jobs.manifest.TaskContents;
import java.io.PrintWriter;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.SparkSession;

/**
 * What a run is to do.
 *
 * @param rows those of the input that the run is about
 * @param earlier what the output folder holds
 * @param earlierRows rows of the output folder, by id
 * @param waves how the rows to do are cut
 */
public record RunPlan(
    PlannedRows rows, EarlierFiles earlier, EarlierRows earlierRows, WavePlan waves)
    implements AutoCloseable {

  /**
   * Plans a run.
   *
   * @param asked what the stage asks of rows
   * @param earlier what the output folder holds
   * @param bytesPerRow of a result, about
   * @throws ConfigurationException if a row that is done is another in the input now, or is there
   *     twice
   */
  static RunPlan of(
      SparkSession spark,
      Manifest manifest,
      AskedRows asked,
      EarlierFiles earlier,
      long bytesPerRow,
      RunOptions options) {
    EarlierRows earlierRows = new EarlierRows(spark, earlier);
    PlannedRows rows =
        PlannedRows.of(
            manifest,
            asked.chosen(),
            asked.questions(),
            asked.version(),
            found -> earlierRows.compared(RowVersions.added(found), manifest.partitions()));
    try {
      PlanCounts counts = rows.counts();
      EarlierRows.refuseChanged(counts.known());
      earlierRows.refuseRepeated(counts.known());
      WavePlan waves = WavePlan.of(spark, counts, bytesPerRow, options);
      return new RunPlan(rows, earlier, earlierRows, waves);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /** Rows that an earlier run did. */
  long done() {
    return rows.counts().rows() - pending();
  }

  /** Rows to do. */
  public long pending() {
    return rows.counts().pending();
  }

  /** What the rows of each task hold, by its name; those that are done included. */
  public Map<String, TaskContents> contents() {
    return rows.counts().tasks();
  }

  /**
   * Rows that the output folder has and the input has not; 0 where a run writes the folder of a
   * date, since there every night has other rows.
   */
  private long foreign() {
    return earlier.dateFolder().isEmpty()
        ? earlier.counts().rows() - rows.counts().known().rows()
        : 0;
  }

  /** Rows of the input that are not for this run. */
  public long skipped() {
    return rows.counts().skipped();
  }

  /** Errors of earlier runs on rows that are no longer in the input. */
  JavaPairRDD<Long, byte[]> abandoned() {
    return earlierRows.abandoned(rows.ids());
  }

  /** Prints the rows, what of them is done, and how the others are cut. */
  public void print(String job, PrintWriter out) {
    out.printf(
        "%s: %s on %s for %s%n",
        job,
        Plural.text(rows.counts().rows(), "row"),
        Plural.text(rows.counts().images(), "image"),
        Plural.text(rows.counts().tasks().size(), "task"));
    if (done() > 0) {
      out.printf("  resumes  %s done, %,d left%n", Plural.text(done(), "row"), pending());
    }
    if (foreign() > 0) {
      out.printf(
          "  keeps    %s done that the input does not have now; a row without an id is another%n"
              + "           once its image, question, task, split or label is, and both stay%n",
          Plural.text(foreign(), "row"));
    }
    out.printf("  %s%n", pending() == 0 ? "to do    nothing" : "runs in  " + waves);
  }

  /** Forgets the rows. */
  @Override
  public void close() {
    rows.close();
  }
}
