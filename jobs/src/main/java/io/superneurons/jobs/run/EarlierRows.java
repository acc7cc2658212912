package io.superneurons.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.input.Manifest;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * The rows that an output folder holds already, by their ids; read by tasks, never on the driver.
 */
final class EarlierRows {
  private static final String ID = "id";
  private static final String ERROR = "error";
  private static final String VERSION = "version";
  private static final String IMAGE_VERSION = "image_version";
  private static final String ROW_VERSION = RowVersions.COLUMN;
  private static final String LATEST = "latest";

  /** What tells rows; a column that a file lacks is null in its rows. */
  private static final StructType TOLD_BY =
      new StructType()
          .add(ID, DataTypes.StringType)
          .add(ERROR, DataTypes.StringType)
          .add(IMAGE_VERSION, DataTypes.StringType)
          .add(ROW_VERSION, DataTypes.StringType);

  private final SparkSession spark;
  private final EarlierFiles committed;

  EarlierRows(SparkSession spark, EarlierFiles committed) {
    this.spark = spark;
    this.committed = committed;
  }

  /**
   * The rows that are yet to do: new ones, and those that failed. Where a run writes the folder of
   * a date, a row is done if the latest that any date has of its id is of the row as it is now.
   *
   * @param manifest with the versions of its rows
   * @throws ConfigurationException if a row of the output folder itself is another now
   */
  Manifest pending(Manifest manifest) {
    List<FileStatus> files =
        Stream.concat(committed.rowFiles().stream(), committed.older().stream()).toList();
    if (files.isEmpty()) {
      return manifest;
    }
    if (committed.dateFolder().isEmpty()) {
      refuseChanged(manifest);
      return manifest.with(without(manifest.rows(), done().select(ID)));
    }
    Dataset<Row> latest = latest(files);
    Dataset<Row> rows = manifest.rows();
    Column sameImage = rows.col(VERSION).equalTo(latest.col(IMAGE_VERSION));
    Column sameRow = rows.col(ROW_VERSION).equalTo(latest.col(ROW_VERSION));
    return manifest.with(
        rows.join(
            latest,
            rows.col(ID)
                .equalTo(latest.col(ID))
                .and(latest.col(ERROR).isNull())
                // files of earlier versions know the image only; without a version it equals none
                .and(when(latest.col(ROW_VERSION).isNull(), sameImage).otherwise(sameRow)),
            "left_anti"));
  }

  /**
   * The latest row of each id, done or failed: of its last date, and there of the last wave. An
   * image that is again what it was once is not done by the row of that time: the table's current
   * row of it would be another.
   */
  private Dataset<Row> latest(List<FileStatus> files) {
    Column date = regexp_extract(col("_metadata.file_path"), "/run_date=([^/]+)/", 1);
    Column wave = regexp_extract(col("_metadata.file_name"), "^[a-z]+-(\\d+)", 1);
    Column told = struct(col(ERROR), col(IMAGE_VERSION), col(ROW_VERSION));
    return read(spark, files)
        .groupBy(ID)
        .agg(max_by(told, struct(date, wave)).as(LATEST))
        .select(ID, LATEST + ".*");
  }

  /** A row that is done must be the same row still, where the folder has one row an id. */
  private void refuseChanged(Manifest manifest) {
    Dataset<Row> rows = manifest.rows();
    Dataset<Row> done = done();
    Row changed =
        rows.join(
                done,
                rows.col(ID)
                    .equalTo(done.col(ID))
                    .and(rows.col(ROW_VERSION).notEqual(done.col(ROW_VERSION))))
            .agg(count("*"), min(rows.col(ID)))
            .head();
    if (changed.getLong(0) > 0) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Cannot resume: %s done with another image, question, task, split or label than the"
                  + " input has now, such as that of id %s. Give changed rows other ids, or run into"
                  + " another folder",
              changed.getLong(0) == 1
                  ? "1 row was"
                  : String.format(Locale.ROOT, "%,d rows were", changed.getLong(0)),
              changed.getString(1)));
    }
  }

  private Dataset<Row> done() {
    return read(spark, committed.rowFiles());
  }

  /** What tells the rows of files; see {@link #TOLD_BY}. */
  static Dataset<Row> read(SparkSession spark, List<FileStatus> files) {
    return PathNames.listReader(spark).schema(TOLD_BY).parquet(paths(files));
  }

  private static String[] paths(List<FileStatus> files) {
    return files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
  }

  private static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> ids) {
    return rows.join(ids, rows.col(ID).equalTo(ids.col(ID)), "left_anti");
  }

  /**
   * Failed rows that are not to be done again, since the input has them no more; as results, for a
   * file of their own.
   */
  JavaPairRDD<Long, byte[]> abandoned(Manifest manifest) {
    Dataset<Row> failed = PathNames.listReader(spark).parquet(paths(committed.errorFiles()));
    Dataset<Row> left = without(failed, manifest.rows().select(ID));
    if (!committed.rowFiles().isEmpty()) {
      left = without(left, done().select(ID));
    }
    AtomicInteger number = new AtomicInteger();
    return left.dropDuplicates(ID)
        .repartition(1)
        .sortWithinPartitions(col(ID))
        .javaRDD()
        .mapToPair(row -> result(row, number.getAndIncrement()));
  }

  private static Tuple2<Long, byte[]> result(Row row, int number) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    return Result.failed(0, number, kind(row.getAs(ERROR)), values).toTuple();
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
