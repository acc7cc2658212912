package io.superneurons.export.review;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.parquet.ParquetFolder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The predictions that people should look at, the least sure first. */
final class ReviewedRows {
  private static final String DATE = "run_date";
  private static final Set<String> NEEDED =
      Set.of(
          "id",
          "task",
          "image",
          "question",
          "prediction",
          "votes",
          "margin",
          "probability",
          "status");

  private ReviewedRows() {}

  /**
   * Reads those that are wanted.
   *
   * @param names of tasks; empty for all
   * @throws ConfigurationException if there are none
   */
  static List<Row> read(SparkSession spark, ReviewOptions options, List<String> names) {
    List<Row> rows = wanted(spark, options, names).collectAsList();
    if (rows.isEmpty()) {
      throw new ConfigurationException(
          options.predictions() + " has no rows for which " + options.condition());
    }
    return rows;
  }

  private static Dataset<Row> wanted(
      SparkSession spark, ReviewOptions options, List<String> names) {
    Dataset<Row> rows =
        ParquetFolder.read(spark, options.predictions(), name -> NEEDED.contains(name));
    rows = latest(rows).where("status <> 'failed' and image is not null");
    if (!names.isEmpty()) {
      rows = rows.where(functions.col("task").isin(names.toArray()));
    }
    Column first =
        options.isSample()
            ? functions.sha2(functions.col("id").cast("binary"), 256)
            : functions.coalesce(functions.col("margin"), functions.lit(0));
    return rows.where(options.condition())
        .orderBy(first, functions.col("id"))
        .limit(options.mostRows());
  }

  /**
   * Of a table with a folder for each run's date the latest row of each id: of its last date, and
   * there of the last wave, whose number begins the file's name.
   */
  private static Dataset<Row> latest(Dataset<Row> rows) {
    List<String> columns = Arrays.asList(rows.columns());
    if (!columns.contains(DATE)) {
      return rows;
    }
    Column all =
        functions.struct(columns.stream().map(name -> functions.col(name)).toArray(Column[]::new));
    Column order = functions.struct(functions.col(DATE), functions.col("_metadata.file_name"));
    return rows.groupBy("id").agg(functions.max_by(all, order).as("row")).select("row.*");
  }

  /** What the files of a task are called. */
  static String nameOf(int number, String task) {
    return String.format(Locale.ROOT, "%02d-%s", number, task.replaceAll("[^A-Za-z0-9_-]", "_"));
  }
}
