package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.manifest.Manifest;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/**
 * All that is known before a run touches its output folder.
 *
 * @param spark the session
 * @param output the folder
 * @param settings everything that changes results
 * @param manifest all rows of the input
 * @param asked what the stage asks of them
 * @param dateFolder the folder below it that new rows go to; empty for the output folder itself
 * @param rowBytes what the result of a row takes, about
 */
public record RunStart(
    SparkSession spark,
    OutputFolder output,
    RunSettings settings,
    Manifest manifest,
    AskedRows asked,
    String dateFolder,
    long rowBytes) {

  /** The plan of a dry run; nothing is touched. */
  public RunPlan plan(RunOptions options) throws IOException {
    if (output.existing() == Existing.RESUME) {
      RunFolder.requireResumable(output, settings);
    }
    return plan(EarlierFiles.in(output, dateFolder), options);
  }

  /**
   * Locks the folder and makes it ready.
   *
   * @throws ConfigurationException if another run has it, or it was written with other settings
   */
  public RunFolder begin() throws IOException {
    return RunFolder.begin(output, settings, dateFolder);
  }

  /** The plan of a run that begins. */
  public RunPlan plan(EarlierFiles committed, RunOptions options) {
    return RunPlan.of(spark, manifest, asked, committed, rowBytes, options);
  }
}
