package io.superneurons.jobs.parquet;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.PathNames;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Folders that earlier stages wrote. */
public final class ParquetFolder {
  private ParquetFolder() {}

  /**
   * The rows of a folder of Parquet files.
   *
   * @throws ConfigurationException if there are none
   */
  public static Dataset<Row> read(SparkSession spark, String folder) {
    try {
      return PathNames.reader(spark).parquet(folder);
    } catch (Exception e) {
      // Spark throws it without declaring it.
      if (e instanceof AnalysisException) {
        throw new ConfigurationException(folder + " has no Parquet files to read", e);
      }
      throw e;
    }
  }
}
