package io.superneurons.jobs.select.rows;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
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
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.files.TextStream;
import io.superneurons.jobs.input.FieldColumns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Labels in a table of their own. One is a row's if it has the row's id or, in a table without ids,
 * its image: the whole path, or the end of it where the table has relative ones. It comes before
 * what the row has itself.
 *
 * @param file CSV, TSV, JSON Lines or Parquet, by its name
 * @param columns which column of it holds which field
 */
public record BesideLabels(String file, FieldColumns columns) {
  private static final String KEY = "beside_key";
  private static final String TASK = "beside_task";
  private static final String LABEL = "beside_label";
  private static final String SPLIT = "beside_split";
  private static final String OTHER = "beside_other";
  private static final String DEPTH = "beside_depth";
  private static final String ROW_KEY = "row_key";

  /** Column of joined rows: whether the label is one of these. */
  static final String TAKEN = "beside_taken";

  /** Enough to see whether a file is an array. */
  private static final int HEAD_BYTES = 16;

  /** Relative paths of more lengths than this are no paths. */
  private static final int DEPTHS = 8;

  /**
   * Rows with these labels, with the splits that the table may have, and with {@link #TAKEN}.
   *
   * @param unlabelled with columns {@code id, task, split, label, image}
   */
  Dataset<Row> joined(SparkSession spark, Dataset<Row> unlabelled) {
    Dataset<Row> rows = unlabelled.withColumn(TAKEN, lit(false));
    Dataset<Row> table = table(spark);
    List<String> names = Arrays.asList(table.columns());
    requireLabel(names);
    boolean hasTask = columns.of(FieldColumns.TASK, names::contains).isPresent();
    Optional<String> id =
        names.contains(LabelStudioLabels.ROW_ID)
            ? Optional.of(LabelStudioLabels.ROW_ID)
            : columns.of(FieldColumns.ID, names::contains);
    if (id.isPresent()) {
      return added(
          rows.withColumn(ROW_KEY, col("id")), given(table, names, col(id.get())), hasTask);
    }
    String image =
        columns
            .of(FieldColumns.IMAGE, names::contains)
            .orElseThrow(() -> lacks(FieldColumns.IMAGE, "id or image", names));
    return byImage(rows, given(table, names, path(col(image))), hasTask);
  }

  private Dataset<Row> byImage(Dataset<Row> rows, Dataset<Row> given, boolean hasTask) {
    Column slashes = length(col(KEY)).minus(length(translate(col(KEY), "/", "")));
    Column isWhole = col(KEY).startsWith("/").or(col(KEY).contains("://"));
    Dataset<Row> deep = given.withColumn(DEPTH, when(isWhole, 0).otherwise(slashes.plus(1)));
    List<Integer> depths =
        deep.select(DEPTH).distinct().limit(DEPTHS + 1).collectAsList().stream()
            .map(row -> row.getInt(0))
            .sorted()
            .toList();
    if (depths.size() > DEPTHS) {
      throw new ConfigurationException(
          "--labels "
              + file
              + ": its images are no paths; name their column with --columns image=NAME");
    }
    Dataset<Row> result = rows;
    for (int depth : depths) {
      Column whole = path(col("image"));
      Column end = depth == 0 ? whole : substring_index(whole, "/", -depth);
      Dataset<Row> keyed = result.withColumn(ROW_KEY, end);
      Dataset<Row> ofDepth = deep.where(col(DEPTH).equalTo(depth)).drop(DEPTH);
      requireOneImage(keyed, ofDepth);
      result = added(keyed, ofDepth, hasTask);
    }
    return result;
  }

  /** An image's path without what the same path may be written with. */
  private static Column path(Column image) {
    return regexp_replace(regexp_replace(trim(image), "^file:/+", "/"), "^(\\./)+", "");
  }

  private void requireOneImage(Dataset<Row> rows, Dataset<Row> given) {
    Dataset<Row> several =
        rows.select(col(ROW_KEY), col("image"))
            .join(given, col(ROW_KEY).equalTo(col(KEY)))
            .groupBy(KEY)
            .agg(countDistinct("image").as("n"), min("image").as("one"), max("image").as("other"))
            .where(col("n").gt(1))
            .orderBy(KEY)
            .limit(1);
    for (Row found : several.collectAsList()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--labels %s: image '%s' may be %s or %s; give more of its path",
              file,
              found.getString(0),
              found.getString(2),
              found.getString(3)));
    }
  }

  /** One row of labels per key, and task where the table has tasks. */
  private Dataset<Row> given(Dataset<Row> table, List<String> names, Column key) {
    Dataset<Row> rows =
        table
            .select(
                key.cast("string").as(KEY),
                field(FieldColumns.TASK, names).as(TASK),
                field(FieldColumns.LABEL, names).as(LABEL),
                field(FieldColumns.SPLIT, names).as(SPLIT))
            .where(col(KEY).isNotNull().and(col(LABEL).isNotNull()))
            .groupBy(KEY, TASK)
            .agg(min(LABEL).as(LABEL), max(LABEL).as(OTHER), max(SPLIT).as(SPLIT));
    for (Row twice :
        rows.where(col(LABEL).notEqual(col(OTHER))).orderBy(KEY).limit(1).collectAsList()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--labels %s: '%s' has labels '%s' and '%s'; leave one",
              file,
              twice.getString(0),
              twice.getString(2),
              twice.getString(3)));
    }
    return rows.drop(OTHER);
  }

  private Dataset<Row> added(Dataset<Row> rows, Dataset<Row> given, boolean hasTask) {
    Column same = col(ROW_KEY).equalTo(col(KEY));
    Column on = hasTask ? same.and(col("task").equalTo(col(TASK))) : same;
    return rows.join(given, on, "left_outer")
        .withColumn(TAKEN, coalesce(col(TAKEN), lit(false)).or(col(LABEL).isNotNull()))
        .withColumn("label", coalesce(col(LABEL), col("label")))
        .withColumn("split", coalesce(col(SPLIT), col("split")))
        .drop(ROW_KEY, KEY, TASK, LABEL, SPLIT);
  }

  private Column field(String field, List<String> names) {
    return columns
        .of(field, names::contains)
        .map(name -> trim(col(name).cast("string")))
        .map(text -> when(length(text).gt(0), text))
        .orElse(lit(null).cast("string"));
  }

  private void requireLabel(List<String> names) {
    if (columns.of(FieldColumns.LABEL, names::contains).isEmpty()) {
      throw lacks(FieldColumns.LABEL, FieldColumns.LABEL, names);
    }
  }

  private ConfigurationException lacks(String field, String what, List<String> names) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "--labels %s has no column %s; %s",
            file,
            what,
            columns
                .lookAlike(field, names)
                .orElse("its columns: " + new TreeSet<>(names) + "; name one with --columns")));
  }

  /** The text of a file that is one array; empty for JSON Lines, and for a folder of them. */
  private Optional<String> array(SparkSession spark) throws IOException {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    Path path = PathNames.path(file);
    FileSystem files = PathNames.fileSystem(conf, path);
    if (files.getFileStatus(path).isDirectory()) {
      return Optional.empty();
    }
    try (InputStream in = TextStream.open(conf, path.toString(), 0)) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      if (!new String(head, StandardCharsets.US_ASCII).stripLeading().startsWith("[")) {
        return Optional.empty();
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(head);
      in.transferTo(all);
      return Optional.of(all.toString(StandardCharsets.UTF_8));
    }
  }

  /** The labels of a folder that has a folder of each label. */
  private Optional<Dataset<Row>> tree(SparkSession spark) throws IOException {
    Path path = PathNames.path(file);
    FileSystem files = PathNames.fileSystem(spark.sparkContext().hadoopConfiguration(), path);
    return files.exists(path) && files.getFileStatus(path).isDirectory()
        ? LabelTree.table(spark, files, path)
        : Optional.empty();
  }

  private Dataset<Row> table(SparkSession spark) {
    String name = file.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2|zst)$", "");
    try {
      if (name.endsWith(".csv") || name.endsWith(".tsv")) {
        return spark
            .read()
            .option("header", true)
            .option("multiLine", true)
            .option("escape", "\"")
            .option("sep", name.endsWith(".csv") ? "," : "\t")
            .csv(file);
      }
      if (Set.of("jsonl", "ndjson", "json").contains(name.replaceFirst(".*\\.", ""))) {
        Optional<String> array = array(spark);
        return array.isPresent()
            ? LabelStudioLabels.table(spark, array.get(), file)
            : spark.read().option("primitivesAsString", true).json(file);
      }
      if (name.endsWith(".parquet")) {
        return spark.read().parquet(file);
      }
      Optional<Dataset<Row>> tree = tree(spark);
      if (tree.isPresent()) {
        return tree.get();
      }
    } catch (ConfigurationException e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      throw new ConfigurationException(
          "Cannot read --labels " + file + ": " + e.getMessage().lines().findFirst().orElse(""), e);
    }
    throw new ConfigurationException(
        "--labels "
            + file
            + ": a name that ends in .csv, .tsv, .jsonl or .parquet is needed, or a folder of"
            + " folders");
  }
}
