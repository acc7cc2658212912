package io.superneurons.jobs.select.rows;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.superneurons.activation.TaskName;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.input.FieldColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Labels in a table of their own. One is a row's if it has the row's id or, in a table without ids,
 * its image: the whole path, or the end of it where the table has relative ones. It comes before
 * what the row has itself.
 *
 * @param file CSV, TSV, JSON Lines or Parquet, by its name, or an array of objects in JSON
 * @param columns which column of it holds which field
 */
public record BesideLabels(String file, FieldColumns columns) {
  private static final String OTHER = "beside_other";
  private static final String OTHER_SPLIT = "beside_other_split";

  /**
   * The labels of the table, a row for each key, and for each task where the table has tasks. The
   * file is read once: the rows stay with the executors until they are closed.
   */
  GivenLabels read(SparkSession spark) {
    Dataset<Row> table = new LabelFile(file).table(spark, this::isNeeded);
    List<String> names =
        Arrays.stream(table.columns()).filter(name -> !name.equals(LabelFile.PROBLEM)).toList();
    requireLabel(names);
    if (LabelStudioLabels.isExport(names)) {
      table = LabelStudioLabels.latest(table);
    }
    boolean hasTask = columns.of(FieldColumns.TASK, names::contains).isPresent();
    Optional<String> id = id(names);
    Column key =
        id.isPresent() ? col(id.get()).cast("string") : GivenLabels.path(col(image(names)));
    Dataset<Row> given =
        given(table, names, hasTask, key).persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      requireRead(given);
      requireOne(given, "label", GivenLabels.LABEL, OTHER);
      requireOne(given, "split", GivenLabels.SPLIT, OTHER_SPLIT);
      Dataset<Row> labels = given.drop(OTHER, OTHER_SPLIT, LabelFile.PROBLEM);
      return id.isPresent()
          ? new GivenLabels(file, labels, given, hasTask, List.of())
          : GivenLabels.byImage(file, labels, given, hasTask);
    } catch (RuntimeException e) {
      given.unpersist();
      throw e;
    }
  }

  private String image(List<String> names) {
    return columns
        .of(FieldColumns.IMAGE, names::contains)
        .orElseThrow(() -> lacks(FieldColumns.IMAGE, "id or image", names));
  }

  private boolean isNeeded(String column) {
    return LabelStudioLabels.COLUMNS.contains(column)
        || columns.named().containsValue(column)
        || !columns.among(List.of(column)).isEmpty();
  }

  /** In exports of Label Studio {@code id} is of its own tasks. */
  private Optional<String> id(List<String> names) {
    if (columns.named().containsKey(FieldColumns.ID)) {
      return columns.of(FieldColumns.ID, names::contains);
    }
    if (names.contains(LabelStudioLabels.ROW_ID)) {
      return Optional.of(LabelStudioLabels.ROW_ID);
    }
    return LabelStudioLabels.isExport(names)
        ? Optional.empty()
        : columns.of(FieldColumns.ID, names::contains);
  }

  private Dataset<Row> given(Dataset<Row> table, List<String> names, boolean hasTask, Column key) {
    Column task = field(FieldColumns.TASK, names);
    Column problem =
        Arrays.asList(table.columns()).contains(LabelFile.PROBLEM)
            ? col(LabelFile.PROBLEM)
            : lit(null).cast("string");
    return table
        .select(
            key.as(GivenLabels.KEY),
            (hasTask ? coalesce(task, lit(TaskName.DEFAULT)) : task).as(GivenLabels.TASK),
            field(FieldColumns.LABEL, names).as(GivenLabels.LABEL),
            field(FieldColumns.SPLIT, names).as(GivenLabels.SPLIT),
            problem.as(LabelFile.PROBLEM))
        .where(
            col(GivenLabels.KEY)
                .isNotNull()
                .and(col(GivenLabels.LABEL).isNotNull())
                .or(col(LabelFile.PROBLEM).isNotNull()))
        .groupBy(GivenLabels.KEY, GivenLabels.TASK)
        .agg(
            min(GivenLabels.LABEL).as(GivenLabels.LABEL),
            max(GivenLabels.LABEL).as(OTHER),
            min(GivenLabels.SPLIT).as(GivenLabels.SPLIT),
            max(GivenLabels.SPLIT).as(OTHER_SPLIT),
            min(LabelFile.PROBLEM).as(LabelFile.PROBLEM));
  }

  /** Refuses a file with a record that cannot be used. */
  private static void requireRead(Dataset<Row> rows) {
    List<Row> unread =
        rows.where(col(LabelFile.PROBLEM).isNotNull())
            .select(LabelFile.PROBLEM)
            .orderBy(LabelFile.PROBLEM)
            .limit(1)
            .collectAsList();
    for (Row row : unread) {
      throw new ConfigurationException(row.getString(0));
    }
  }

  private void requireOne(Dataset<Row> rows, String what, String one, String other) {
    Dataset<Row> twice =
        rows.where(col(one).notEqual(col(other)))
            .select(GivenLabels.KEY, one, other)
            .orderBy(GivenLabels.KEY)
            .limit(1);
    for (Row row : twice.collectAsList()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--labels %s: '%s' has %ss '%s' and '%s'; leave one",
              file,
              row.getString(0),
              what,
              row.getString(1),
              row.getString(2)));
    }
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
}
