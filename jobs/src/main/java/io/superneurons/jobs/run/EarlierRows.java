package io.superneurons.jobs.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.manifest.KnownRows;
import io.superneurons.jobs.manifest.PlannedRows;
import io.superneurons.jobs.wave.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * The rows that an output folder holds already, by their ids; read by Spark tasks, never on the
 * driver.
 */
final class EarlierRows {
  private static final String ID = EarlierTable.ID;
  private static final String EARLIER_ID = "earlier_id";
  private static final String EARLIER = "earlier";
  private static final String ROWS_OF_ID = "rows_of_id";

  private final SparkSession spark;
  private final EarlierFiles committed;

  EarlierRows(SparkSession spark, EarlierFiles committed) {
    this.spark = spark;
    this.committed = committed;
  }

  /**
   * Says of each row whether it is done: not new, and not one that failed. Where a run writes the
   * folder of a date, a row is done if the latest that any date has of its id is of the row as it
   * is now; in the output folder itself such a row has changed, which is to be refused, and so is
   * an id that it has twice.
   *
   * @param rows of the input, with their versions
   * @param partitions Spark tasks that compare them
   */
  Dataset<Row> compared(Dataset<Row> rows, int partitions) {
    List<FileStatus> files =
        Stream.concat(committed.rowFiles().stream(), committed.older().stream()).toList();
    if (files.isEmpty()) {
      return PlannedRows.allNew(rows);
    }
    boolean isDated = !committed.dateFolder().isEmpty();
    Dataset<Row> earlier = EarlierTable.told(spark, files).repartition(partitions, col(ID));
    Dataset<Row> known = (isDated ? latest(earlier) : any(earlier)).hint("merge");
    Column isKnown = col(EARLIER_ID).isNotNull();
    Column before = col(EARLIER).getField(EarlierTable.ROW_VERSION);
    Column sameRow = RowVersions.isOfRow(before);
    Column sameImage =
        col(ManifestRow.VERSION).equalTo(col(EARLIER).getField(EarlierTable.IMAGE_VERSION));
    // files of earlier versions know the image only; without a version it equals none
    Column isSame = when(before.isNull(), sameImage).otherwise(sameRow);
    Column isDone = col(EARLIER).getField(EarlierTable.ERROR).isNull().and(isSame);
    return rows.repartition(partitions, col(ID))
        .join(known, rows.col(ID).equalTo(col(EARLIER_ID)), "left_outer")
        .withColumn(PlannedRows.DONE, isDated ? coalesce(isKnown.and(isDone), lit(false)) : isKnown)
        .withColumn(
            PlannedRows.CHANGED,
            isDated ? lit(false) : coalesce(isKnown.and(sameRow.equalTo(false)), lit(false)))
        .withColumn(PlannedRows.IN_FOLDER, isDated ? lit(0L) : coalesce(col(ROWS_OF_ID), lit(0L)))
        .drop(EARLIER_ID, EARLIER, ROWS_OF_ID);
  }

  /**
   * The latest row of each id, done or failed: of its last date, and there of the last wave. An
   * image that is again what it was once is not done by the row of that time: the table's current
   * row of it would be another.
   */
  private static Dataset<Row> latest(Dataset<Row> earlier) {
    Column order = struct(col(EarlierTable.DATE), col(EarlierTable.WAVE));
    return earlier.groupBy(col(ID).as(EARLIER_ID)).agg(max_by(told(), order).as(EARLIER));
  }

  /** Any row of each id, and how many there are: the output folder itself should have one. */
  private static Dataset<Row> any(Dataset<Row> earlier) {
    return earlier
        .groupBy(col(ID).as(EARLIER_ID))
        .agg(max(told()).as(EARLIER), count(lit(1)).as(ROWS_OF_ID));
  }

  private static Column told() {
    return struct(
        col(EarlierTable.ERROR), col(EarlierTable.IMAGE_VERSION), col(EarlierTable.ROW_VERSION));
  }

  /**
   * A row that is done must be the same row still, where the folder has one row an id.
   *
   * @throws ConfigurationException if one is another
   */
  static void refuseChanged(KnownRows known) {
    if (known.changed() > 0) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Cannot resume: %s done with another image, question, task, split or label than the"
                  + " input has now, such as that of id %s. Give changed rows other ids, or run"
                  + " into another folder",
              known.changed() == 1
                  ? "1 row was"
                  : String.format(Locale.ROOT, "%,d rows were", known.changed()),
              known.firstChanged()));
    }
  }

  /**
   * The output folder has one row per id, or it is not what runs of this program leave.
   *
   * @throws ConfigurationException if it has an id of the input more than once
   */
  void refuseRepeated(KnownRows known) {
    if (known.repeated() > 0) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Cannot resume: %s has %s of the input more than once, such as %s. Two runs wrote it"
                  + " at once, or files were copied into it; run into another folder",
              committed.rowFiles().get(0).getPath().getParent(),
              Plural.text(known.repeated(), "id"),
              known.firstRepeated()));
    }
  }

  private static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> ids) {
    return rows.join(ids.hint("merge"), rows.col(ID).equalTo(ids.col(ID)), "left_anti");
  }

  /**
   * Failed rows that are not done again, since they are no longer in the input; as results, for a
   * file of their own.
   *
   * @param ids of all rows of the input
   */
  JavaPairRDD<Long, byte[]> abandoned(Dataset<Row> ids) {
    Dataset<Row> left = without(EarlierTable.failed(spark, committed.errorFiles()), ids);
    if (!committed.rowFiles().isEmpty()) {
      left = without(left, EarlierTable.told(spark, committed.rowFiles()).select(ID));
    }
    AtomicInteger number = new AtomicInteger();
    return left.dropDuplicates(ID)
        .repartition(1)
        .sortWithinPartitions(col(ID))
        .javaRDD()
        .mapToPair(row -> result(row, number.getAndIncrement()));
  }

  private static Tuple2<Long, byte[]> result(Row row, int number) {
    Object[] values = row.getList(row.fieldIndex(EarlierTable.VALUES)).toArray();
    return Result.failed(0, number, kind(row.getAs(EarlierTable.ERROR)), values).toTuple();
  }

  /** Label's errors begin with it, extract's are it. */
  private static ErrorKind kind(String error) {
    String label = error.replaceFirst(":.*", "").toUpperCase(Locale.ROOT);
    return Arrays.stream(ErrorKind.values())
        .filter(kind -> kind.name().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Not an error of a row: " + error));
  }
}
