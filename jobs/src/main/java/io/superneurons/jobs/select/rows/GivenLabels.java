package io.superneurons.jobs.select.rows;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.superneurons.jobs.cli.ConfigurationException;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Labels that were given beside the activations, and which rows they are of.
 *
 * @param file that they are from
 * @param labels with columns {@link #KEY}, {@link #TASK}, {@link #LABEL} and {@link #SPLIT}
 * @param kept what the executors keep of the table until this is closed
 * @param hasTask whether a label is of one task's rows only
 * @param depths where keys are images: how many parts of a path they may be, 0 for all of it; empty
 *     where they are ids
 */
record GivenLabels(
    String file, Dataset<Row> labels, Dataset<Row> kept, boolean hasTask, List<Integer> depths)
    implements AutoCloseable {
  static final String KEY = "beside_key";
  static final String TASK = "beside_task";
  static final String LABEL = "beside_label";
  static final String SPLIT = "beside_split";

  /** Column of joined rows: whether the label is one of these. */
  static final String TAKEN = "beside_taken";

  private static final String DEPTH = "beside_depth";
  private static final String ROW_KEY = "row_key";
  private static final String PATH = "row_path";
  private static final String ONE = "one";
  private static final String OTHER = "other";

  /** Relative paths of more lengths than this are no paths. */
  private static final int DEPTHS = 8;

  /** Labels whose keys are images. */
  static GivenLabels byImage(String file, Dataset<Row> labels, Dataset<Row> kept, boolean hasTask) {
    Column slashes = length(col(KEY)).minus(length(translate(col(KEY), "/", "")));
    Column isWhole = col(KEY).startsWith("/").or(col(KEY).contains("://"));
    List<Integer> depths =
        labels
            .select(when(isWhole, 0).otherwise(slashes.plus(1)).as(DEPTH))
            .distinct()
            .limit(DEPTHS + 1)
            .collectAsList()
            .stream()
            .map(row -> row.getInt(0))
            .sorted()
            .toList();
    if (depths.size() > DEPTHS) {
      throw new ConfigurationException(
          "--labels "
              + file
              + ": its images are no paths; name their column with --columns image=NAME");
    }
    return new GivenLabels(file, labels, kept, hasTask, depths);
  }

  /** An image's path without what the same path may be written with. */
  static Column path(Column image) {
    return regexp_replace(
        regexp_replace(trim(image.cast("string")), "^file:/+", "/"), "^(\\./)+", "");
  }

  /**
   * Rows with these labels, with the splits that the table may have, and with {@link #TAKEN}.
   *
   * @param rows with columns {@code id, task, split, label, image}
   */
  Dataset<Row> joined(Dataset<Row> rows) {
    if (depths.isEmpty()) {
      return added(rows.withColumn(ROW_KEY, col("id")), labels);
    }
    Dataset<Row> ofImages =
        matched(rows)
            .groupBy(col(PATH).as(KEY), col(TASK))
            .agg(max(LABEL).as(LABEL), max(SPLIT).as(SPLIT));
    return added(rows.withColumn(ROW_KEY, path(col("image"))), ofImages);
  }

  private Dataset<Row> added(Dataset<Row> rows, Dataset<Row> given) {
    return rows.join(given, isOf(), "left_outer")
        .withColumn(TAKEN, col(LABEL).isNotNull())
        .withColumn("label", coalesce(col(LABEL), col("label")))
        .withColumn("split", coalesce(col(SPLIT), col("split")))
        .drop(ROW_KEY, KEY, TASK, LABEL, SPLIT);
  }

  private Column isOf() {
    Column same = col(ROW_KEY).equalTo(col(KEY));
    return hasTask ? same.and(col("task").equalTo(col(TASK))) : same;
  }

  /** The keys that rows may have, with their tasks; of an image all its ends. */
  private Dataset<Row> keys(Dataset<Row> rows) {
    if (depths.isEmpty()) {
      return rows.select(col("id").as(ROW_KEY), col("task")).distinct();
    }
    Column path = col(PATH);
    Column[] ends =
        depths.stream()
            .map(depth -> depth == 0 ? path : substring_index(path, "/", -depth))
            .toArray(Column[]::new);
    return rows.select(path(col("image")).as(PATH), col("task"))
        .distinct()
        .withColumn(ROW_KEY, explode(array_distinct(array(ends))));
  }

  private Dataset<Row> matched(Dataset<Row> rows) {
    return keys(rows).join(labels, isOf());
  }

  /**
   * Checks that each label is of one image, and each image of one label.
   *
   * @param rows all that may have them
   * @throws ConfigurationException if not
   */
  void requireClear(Dataset<Row> rows) {
    if (depths.isEmpty()) {
      return;
    }
    Column same = col(ROW_KEY).equalTo(col(KEY)); // of whatever task
    refuse(
        keys(rows).join(labels, same).groupBy(KEY).agg(min(PATH).as(ONE), max(PATH).as(OTHER)),
        "--labels %s: image '%s' may be %s or %s; give more of its path");
    refuse(
        matched(rows)
            .groupBy(col(PATH).as(KEY), col(TASK))
            .agg(min(LABEL).as(ONE), max(LABEL).as(OTHER))
            .drop(TASK),
        "--labels %s: image '%s' has labels '%s' and '%s', by ends of its path that differ in"
            + " length; leave one");
  }

  private void refuse(Dataset<Row> found, String message) {
    Dataset<Row> unlike = found.where(col(ONE).notEqual(col(OTHER))).orderBy(KEY).limit(1);
    for (Row row : unlike.collectAsList()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT, message, file, row.getString(0), row.getString(1), row.getString(2)));
    }
  }

  /** How many labels there are. */
  long count() {
    return labels.count();
  }

  /** The labels that are of none of these rows. */
  Dataset<Row> withoutRow(Dataset<Row> rows) {
    return labels.join(keys(rows), isOf(), "left_anti");
  }

  @Override
  public void close() {
    kept.unpersist();
  }

  /** Rows that have no label from beside them. */
  static Dataset<Row> none(Dataset<Row> rows) {
    return rows.withColumn(TAKEN, lit(false));
  }
}
