package io.superneurons.jobs.manifest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.superneurons.jobs.input.ManifestRow;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a run as they are planned: which of them are done, and which rows share an image.
 * They are kept by the executors, and found by one Spark job.
 *
 * @param rows of {@link ManifestRow#SCHEMA} and the columns of the plan, with those that are not
 *     for this run
 * @param counts of them
 * @param embedded where images that the input holds are read again
 */
public record PlannedRows(Dataset<Row> rows, PlanCounts counts, EmbeddedImages embedded)
    implements AutoCloseable {
  /** Column that is true of rows which an earlier run did. */
  public static final String DONE = "done";

  /** Column that is true of rows which an earlier run did when they were others. */
  public static final String CHANGED = "changed";

  /** Column of how many rows of its id the output folder has; 0 where they are not counted. */
  public static final String IN_FOLDER = "in_folder";

  private static final String PIECE = "piece";

  /**
   * Plans the rows of the input.
   *
   * @param manifest the input, which is not needed any more after this
   * @param chosen says which rows are to be done, and of which tasks they are
   * @param questions those of tasks, others than which are counted
   * @param version what tells images from what they were; null where nobody asks
   * @param compared adds {@link #DONE}, {@link #CHANGED} and {@link #IN_FOLDER}
   */
  public static PlannedRows of(
      Manifest manifest,
      UnaryOperator<Dataset<Row>> chosen,
      TaskQuestions questions,
      ImageVersion version,
      UnaryOperator<Dataset<Row>> compared) {
    Dataset<Row> rows =
        SharedImages.added(chosen.apply(manifest.rows()), version, manifest.partitions());
    Dataset<Row> planned = compared.apply(rows).persist(StorageLevel.DISK_ONLY());
    try {
      PlanCounts counts = PlanCounter.count(planned, manifest.rowCount(), questions);
      manifest.close();
      return new PlannedRows(planned, counts, manifest.embedded());
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      planned.unpersist();
      throw e;
    }
  }

  /** The ids of all rows of this run. */
  public Dataset<Row> ids() {
    return rows.where(col(Manifest.SKIPPED).equalTo(false)).select(ManifestRow.ID);
  }

  /** Nothing is known of earlier runs. */
  public static Dataset<Row> allNew(Dataset<Row> rows) {
    return rows.withColumn(DONE, lit(false))
        .withColumn(CHANGED, lit(false))
        .withColumn(IN_FOLDER, lit(0L));
  }

  /**
   * The rows to do in pieces, in the order of the input: an image's rows stand together, so that
   * they share its tower pass, and a retried Spark task meets the same rows in the same order.
   */
  public JavaRDD<Row> pieces(int pieces) {
    Cuts cuts = counts.cuts(pieces);
    UDF1<Long, Integer> piece = position -> cuts.piece(position);
    return rows.where(col(DONE).equalTo(false).and(col(Manifest.SKIPPED).equalTo(false)))
        .withColumn(PIECE, udf(piece, DataTypes.IntegerType).apply(col(Manifest.CUT)))
        .repartitionById(pieces, col(PIECE))
        .sortWithinPartitions(SharedImages.IMAGE_POSITION, ManifestRow.ID)
        .select(columns())
        .javaRDD();
  }

  private static Column[] columns() {
    return Arrays.stream(ManifestRow.SCHEMA.fieldNames())
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  /** Forgets the rows. */
  @Override
  public void close() {
    rows.unpersist();
  }
}
