package io.superneurons.jobs.input;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One image-question pair of the input.
 *
 * @param id as given, or made from the row's content
 * @param task as given, or {@code default}; null for a row that cannot be used and names none
 * @param split {@code probe}, {@code validation}, {@code test} or null
 * @param image as given
 * @param question as given
 * @param label the true label, or null
 * @param location what to read the image from, with its file system; null if it is embedded
 * @param embedded the image file's bytes, where the input holds them, or null
 * @param version what tells the image from what it was or will be, where that was asked for, or
 *     null
 * @param rowVersion what tells the row from others that had its id or will, or null where that is
 *     not known yet
 * @param problem why the row cannot be used, or null; such a row becomes an error row
 */
public record ManifestRow(
    String id,
    String task,
    String split,
    String image,
    String question,
    String label,
    String location,
    byte[] embedded,
    String version,
    String rowVersion,
    Problem problem)
    implements Serializable {

  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("task", DataTypes.StringType)
          .add("split", DataTypes.StringType)
          .add("image", DataTypes.StringType)
          .add("question", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("location", DataTypes.StringType)
          .add("embedded", DataTypes.BinaryType)
          .add("version", DataTypes.StringType)
          .add("row_version", DataTypes.StringType)
          .add("problem", DataTypes.StringType)
          .add("problem_kind", DataTypes.StringType);

  /**
   * Why a row cannot be used.
   *
   * @param kind the error that it becomes
   * @param detail what, where and what to do
   */
  public record Problem(ErrorKind kind, String detail) implements Serializable {
    public Problem {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(detail, "detail");
    }
  }

  Row toRow() {
    return RowFactory.create(
        id,
        task,
        split,
        image,
        question,
        label,
        location,
        embedded,
        version,
        rowVersion,
        problem == null ? null : problem.detail(),
        problem == null ? null : problem.kind().name());
  }

  public ManifestRow withQuestion(String other) {
    return new ManifestRow(
        id, task, split, image, other, label, location, embedded, version, rowVersion, problem);
  }

  /** Whether it is about the very image of another row. */
  public boolean sharesImageWith(ManifestRow other) {
    return Objects.equals(location, other.location) && Arrays.equals(embedded, other.embedded);
  }

  public static ManifestRow of(Row row) {
    String problem = row.getAs("problem");
    return new ManifestRow(
        row.getAs("id"),
        row.getAs("task"),
        row.getAs("split"),
        row.getAs("image"),
        row.getAs("question"),
        row.getAs("label"),
        row.getAs("location"),
        row.getAs("embedded"),
        row.getAs("version"),
        row.getAs("row_version"),
        problem == null
            ? null
            : new Problem(ErrorKind.valueOf(row.getAs("problem_kind")), problem));
  }
}
