package io.superneurons.jobs.run;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;

import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.wave.ResultFiles;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What the waves of a run committed, counted from the files themselves, before it is called done.
 */
final class CommittedRows {
  private final SparkSession spark;
  private final OutputFolder output;

  CommittedRows(SparkSession spark, OutputFolder output) {
    this.spark = spark;
    this.output = output;
  }

  /**
   * Checks that the rows of a plan are in the files, each once, done or failed.
   *
   * @param firstWave number of the run's first wave
   * @throws IllegalStateException if a row is missing or there twice
   */
  void require(int firstWave, RunPlan plan) throws IOException {
    List<FileStatus> files =
        EarlierFiles.written(output, plan.earlier().dateFolder()).stream()
            .filter(file -> ResultFiles.wave(file.getPath().getName()) >= firstWave)
            .toList();
    long pending = plan.pending();
    if (files.isEmpty() && pending == 0) {
      return;
    }
    Row counts = EarlierTable.told(spark, files).agg(count("id"), countDistinct("id")).head();
    long rows = counts.getLong(0);
    long distinct = counts.getLong(1);
    if (distinct != pending || rows != pending) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "The run was to do %,d rows, but its files in %s hold %,d, with %,d ids; it is not"
                  + " called done. Where rows are missing, --resume or --incremental does them; where"
                  + " some are there twice, run into another folder",
              pending,
              output,
              rows,
              distinct));
    }
  }
}
