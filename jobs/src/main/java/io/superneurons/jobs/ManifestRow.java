package io.superneurons.jobs;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One image-question pair of a manifest.
 *
 * @param id as given, or made from the row's content
 * @param task as given, or {@code default}
 * @param split {@code probe}, {@code validation}, {@code test} or null
 * @param image as given
 * @param question as given
 * @param label the true label, or null
 * @param problem why the row cannot be used, or null; such a row becomes an error row
 */
record ManifestRow(
    String id,
    String task,
    String split,
    String image,
    String question,
    String label,
    String problem)
    implements Serializable {

  /** The task of a row that names none. */
  static final String DEFAULT_TASK = "default";

  private static final List<String> COLUMNS =
      List.of("id", "task", "split", "image", "question", "label", "problem");

  static final StructType SCHEMA =
      new StructType(
          COLUMNS.stream()
              .map(name -> DataTypes.createStructField(name, DataTypes.StringType, true))
              .toArray(StructField[]::new));

  Row toRow() {
    return RowFactory.create(id, task, split, image, question, label, problem);
  }

  ManifestRow withQuestion(String other) {
    return new ManifestRow(id, task, split, image, other, label, problem);
  }

  static ManifestRow of(Row row) {
    return new ManifestRow(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6));
  }
}
