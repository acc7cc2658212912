package io.superneurons.jobs.input;

import java.io.Serializable;
import java.util.Locale;
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
 * @param embedded the image, where the input holds it itself, or null
 * @param version of the image, see {@code ImageVersions}, where that was asked for, or null
 * @param rowVersion a digest of the row, by which it is told from rows that have its id in other
 *     runs; null where it is not known yet
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
    EmbeddedImage embedded,
    String version,
    String rowVersion,
    Problem problem)
    implements Serializable {

  public static final String ID = "id";
  public static final String TASK = "task";
  public static final String SPLIT = "split";
  public static final String IMAGE = "image";
  public static final String QUESTION = "question";
  public static final String LABEL = "label";

  /** Column of where the image is read from. */
  public static final String LOCATION = "location";

  /** Column of {@link #version}. */
  public static final String VERSION = "version";

  /** Column of {@link #rowVersion}. */
  public static final String ROW_VERSION = "row_version";

  /** Column of what is wrong with the row. */
  public static final String PROBLEM = "problem";

  private static final String PROBLEM_KIND = "problem_kind";

  /** Column of the SHA-256 of an image that the input holds, in hexadecimal. */
  public static final String EMBEDDED = "embedded_sha256";

  /** Column of the part of the input that holds it. */
  public static final String EMBEDDED_PART = "embedded_part";

  /** Column of where it is in that part. */
  public static final String EMBEDDED_AT = "embedded_at";

  /** What is known of a row before it is run; no column holds an image. */
  public static final StructType SCHEMA =
      new StructType()
          .add(ID, DataTypes.StringType)
          .add(TASK, DataTypes.StringType)
          .add(SPLIT, DataTypes.StringType)
          .add(IMAGE, DataTypes.StringType)
          .add(QUESTION, DataTypes.StringType)
          .add(LABEL, DataTypes.StringType)
          .add(LOCATION, DataTypes.StringType)
          .add(EMBEDDED, DataTypes.StringType)
          .add(EMBEDDED_PART, DataTypes.IntegerType)
          .add(EMBEDDED_AT, DataTypes.LongType)
          .add(VERSION, DataTypes.StringType)
          .add(ROW_VERSION, DataTypes.StringType)
          .add(PROBLEM, DataTypes.StringType)
          .add(PROBLEM_KIND, DataTypes.StringType);

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

  /** The row without its image's bytes; columns of {@link #SCHEMA}. */
  public Row toRow() {
    return RowFactory.create(
        id,
        task,
        split,
        image,
        question,
        label,
        location,
        embedded == null ? null : embedded.sha256(),
        embedded == null ? null : embedded.part(),
        embedded == null ? null : embedded.at(),
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
    boolean sameEmbedded =
        embedded == null || other.embedded == null
            ? embedded == other.embedded
            : embedded.sha256().equals(other.embedded.sha256());
    return sameEmbedded && Objects.equals(location, other.location);
  }

  /** The row with its image's bytes, or where they are. */
  public ManifestRow withEmbedded(EmbeddedImage image) {
    return new ManifestRow(
        id,
        task,
        split,
        this.image,
        question,
        label,
        location,
        image,
        version,
        rowVersion,
        problem);
  }

  /**
   * The row with its number in the problem.
   *
   * @param place such as {@code line 3 of file:/m.jsonl}
   */
  public ManifestRow at(String place) {
    if (problem == null) {
      return this;
    }
    return withProblem(
        new Problem(
            problem.kind(), String.format(Locale.ROOT, "%s (%s)", problem.detail(), place)));
  }

  /** The row as an error, under another id; what was wrong with it before comes first. */
  public ManifestRow repeated(String otherId, Problem repetition) {
    return new ManifestRow(
        otherId,
        task,
        split,
        image,
        question,
        label,
        location,
        embedded,
        version,
        rowVersion,
        problem == null ? repetition : problem);
  }

  private ManifestRow withProblem(Problem other) {
    return new ManifestRow(
        id, task, split, image, question, label, location, embedded, version, rowVersion, other);
  }

  public static ManifestRow of(Row row) {
    String problem = row.getAs(PROBLEM);
    String embedded = row.getAs(EMBEDDED);
    return new ManifestRow(
        row.getAs(ID),
        row.getAs(TASK),
        row.getAs(SPLIT),
        row.getAs(IMAGE),
        row.getAs(QUESTION),
        row.getAs(LABEL),
        row.getAs(LOCATION),
        embedded == null
            ? null
            : new EmbeddedImage(
                embedded, row.<Integer>getAs(EMBEDDED_PART), row.<Long>getAs(EMBEDDED_AT), null),
        row.getAs(VERSION),
        row.getAs(ROW_VERSION),
        problem == null ? null : new Problem(ErrorKind.valueOf(row.getAs(PROBLEM_KIND)), problem));
  }
}
