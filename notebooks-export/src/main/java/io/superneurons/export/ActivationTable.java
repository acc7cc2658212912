package io.superneurons.export;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.TaskName;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.parquet.ParquetFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A folder of activations as a long table: one row per value. */
final class ActivationTable {
  private final Dataset<Row> rows;
  private final NeuronPlan plan;
  private final ActivationCodec codec;

  private ActivationTable(Dataset<Row> rows, NeuronPlan plan, ActivationCodec codec) {
    this.rows = rows;
    this.plan = plan;
    this.codec = codec;
  }

  /**
   * The values that a plan names; nothing is read yet but the files' schema.
   *
   * @param tasks that are wanted; all if empty
   * @throws ConfigurationException if the folder lacks a column that the plan needs
   */
  static ActivationTable open(
      SparkSession spark,
      String folder,
      ActivationsMetadata metadata,
      NeuronPlan plan,
      List<String> tasks) {
    Set<String> needed = new HashSet<>(LongRows.KEPT);
    plan.places().forEach(place -> needed.add(place.column()));
    Dataset<Row> all = ParquetFolder.read(spark, folder, needed::contains);
    Set<String> present = new HashSet<>(Arrays.asList(all.columns()));
    List<Column> columns = new ArrayList<>();
    LongRows.KEPT.forEach(name -> columns.add(kept(name, present)));
    for (LayerSite place : plan.places()) {
      if (!present.contains(place.column())) {
        throw new ConfigurationException(
            folder + " has no column " + place.column() + "; these neurons were not captured");
      }
      columns.add(col(place.column()));
    }
    Dataset<Row> rows = all.select(columns.toArray(Column[]::new));
    return new ActivationTable(
        tasks.isEmpty() ? rows : rows.where(col("task").isin(tasks.toArray())),
        plan,
        new ActivationCodec(metadata.storeDType()));
  }

  private static Column kept(String name, Set<String> present) {
    Column column = (present.contains(name) ? col(name) : lit(null)).cast("string");
    return (name.equals("task") ? coalesce(column, lit(TaskName.DEFAULT)) : column).as(name);
  }

  /** How many rows of activations there are of each task. */
  Map<String, Long> rowsByTask() {
    Map<String, Long> counts = new TreeMap<>();
    for (Row row : rows.groupBy("task").count().collectAsList()) {
      counts.put(row.getString(0), row.getLong(1));
    }
    return counts;
  }

  /** How many values those rows give. */
  long values(Map<String, Long> rowsByTask) {
    return rowsByTask.entrySet().stream()
        .mapToLong(e -> e.getValue() * plan.count(e.getKey()))
        .sum();
  }

  /** The tasks whose rows give no values. */
  List<String> tasksWithout(Map<String, Long> rowsByTask) {
    return rowsByTask.keySet().stream().filter(task -> plan.count(task) == 0).toList();
  }

  /** The long table. */
  Dataset<Row> table() {
    return rows.flatMap(new LongRows(plan, codec), Encoders.row(LongRows.SCHEMA));
  }
}
