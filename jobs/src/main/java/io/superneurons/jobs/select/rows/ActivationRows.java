package io.superneurons.jobs.select.rows;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.TaskName;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.parquet.ParquetFolder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The rows of folders of activations, their short columns only. */
public final class ActivationRows {
  /** Column of rows: whether they know their image by its content. */
  static final String HASHED = "hashed";

  /** Column of rows: what tells their image from others. */
  public static final String IDENTITY = "image_identity";

  private static final List<String> TEXTS =
      List.of("id", "task", "split", "label", "answer", "question", "image", "image_sha256");

  private final SparkSession spark;
  private final List<LayerSite> columns;
  private final Map<String, String> required;

  /** The rows of folders whose files were looked at. */
  private final Map<String, Dataset<Row>> seen = new HashMap<>();

  /**
   * Rows with some columns.
   *
   * @param columns of vectors that each folder must have
   * @param required texts that each must have, with what to say of them where they are missing
   */
  public ActivationRows(SparkSession spark, List<LayerSite> columns, Map<String, String> required) {
    this.spark = spark;
    this.columns = columns;
    this.required = required;
  }

  /** All rows of folders. */
  public Dataset<Row> of(List<String> folders) {
    return folders.stream().map(this::of).reduce(Dataset::union).orElseThrow();
  }

  /**
   * The rows of a folder: {@code id, task, split, label, answer, question}, what identifies the
   * image, file, number in the file, {@code image} and {@link #HASHED}.
   *
   * @throws ConfigurationException if it lacks a column
   */
  Dataset<Row> of(String folder) {
    return seen.computeIfAbsent(folder, this::read);
  }

  private Dataset<Row> read(String folder) {
    Set<String> needed = new HashSet<>(TEXTS);
    columns.forEach(column -> needed.add(column.column()));
    Dataset<Row> all = ParquetFolder.read(spark, folder, needed::contains);
    Set<String> present = Set.copyOf(Arrays.asList(all.columns()));
    required.forEach((column, why) -> require(folder, present, column, why));
    String promised = ", which " + ActivationsMetadata.FILE_NAME + " promises";
    columns.forEach(column -> require(folder, present, column.column(), promised));
    return all.select(
        col("id").cast("string"),
        coalesce(text("task", present), lit(TaskName.DEFAULT)).as("task"),
        text("split", present),
        text("label", present),
        text("answer", present),
        text("question", present),
        coalesce(text("image_sha256", present), text("image", present)).as(IDENTITY),
        col("_metadata.file_path"),
        col("_metadata.row_index"),
        text("image", present),
        text("image_sha256", present).isNotNull().as(HASHED));
  }

  private static void require(String folder, Set<String> present, String column, String why) {
    if (!present.contains(column)) {
      throw new ConfigurationException(
          folder + ": the Parquet files have no column " + column + why);
    }
  }

  private static Column text(String name, Set<String> present) {
    Column column = present.contains(name) ? col(name) : lit(null);
    return column.cast("string").as(name);
  }
}
