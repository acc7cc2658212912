package io.superneurons.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of an input manifest, in JSON Lines.
 *
 * @param rows of {@link ManifestRow#SCHEMA}, in the manifest's order
 * @param folder what relative image paths start from
 * @param rowCount number of rows
 * @param imageCount number of distinct images
 * @param taskCount number of distinct tasks
 */
record Manifest(Dataset<Row> rows, String folder, long rowCount, long imageCount, long taskCount) {

  /**
   * Reads a manifest and checks that its ids are unique.
   *
   * @param limit rows to take from its start; 0 for all
   * @throws ConfigurationException if it cannot be read, is empty or repeats an id
   */
  static Manifest read(SparkSession spark, String input, int limit) {
    Path path = new Path(input);
    Path folder = folder(spark, path);
    Dataset<String> lines =
        spark.read().textFile(input).filter((FilterFunction<String>) line -> !line.isBlank());
    if (limit > 0) {
      lines = lines.limit(limit);
    }
    Dataset<Row> rows =
        lines.map(
            (MapFunction<String, Row>) line -> ManifestParser.parse(line).toRow(),
            Encoders.row(ManifestRow.SCHEMA));
    Manifest manifest = of(rows, folder.toString());
    if (manifest.rowCount == 0) {
      throw new ConfigurationException("Input " + input + " has no rows");
    }
    refuseRepeatedIds(rows, input);
    return manifest;
  }

  private static Manifest of(Dataset<Row> rows, String folder) {
    Row counts =
        rows.agg(count("*"), countDistinct(col("image")), countDistinct(col("task"))).head();
    return new Manifest(rows, folder, counts.getLong(0), counts.getLong(1), counts.getLong(2));
  }

  /** The same input with other rows. */
  Manifest with(Dataset<Row> others) {
    return of(others, folder);
  }

  private static Path folder(SparkSession spark, Path path) {
    try {
      FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      FileStatus status = files.getFileStatus(path);
      return status.isDirectory() ? status.getPath() : status.getPath().getParent();
    } catch (FileNotFoundException e) {
      throw new ConfigurationException("Input " + path + " does not exist", e);
    } catch (IOException e) {
      throw new ConfigurationException("Cannot read input " + path + ": " + e.getMessage(), e);
    }
  }

  private static void refuseRepeatedIds(Dataset<Row> rows, String input) {
    List<Row> repeated =
        rows.groupBy("id").count().where("count > 1").orderBy("id").limit(3).collectAsList();
    if (!repeated.isEmpty()) {
      throw new ConfigurationException(
          "Input %s repeats ids, such as %s (%d rows); give each row its own, or take repeated rows"
                  .formatted(input, repeated.get(0).getString(0), repeated.get(0).getLong(1))
              + " out");
    }
  }

  /**
   * The rows in partitions: an image's rows stand together, so that they share its tower pass, and
   * a retried task meets the same rows in the same order.
   */
  Dataset<Row> partitioned(int partitions) {
    return rows.repartition(partitions, col("image")).sortWithinPartitions("image", "id");
  }
}
