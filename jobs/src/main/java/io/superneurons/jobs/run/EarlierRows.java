package io.superneurons.jobs.run;

import static org.apache.spark.sql.functions.col;

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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * The rows that an output folder holds already, by their ids; read by tasks, never on the driver.
 */
final class EarlierRows {
  private static final String ID = "id";
  private static final String ERROR = "error";
  private static final String VERSION = "version";
  private static final String IMAGE_VERSION = "image_version";

  private final SparkSession spark;
  private final EarlierFiles committed;

  EarlierRows(SparkSession spark, EarlierFiles committed) {
    this.spark = spark;
    this.committed = committed;
  }

  /**
   * The rows that are yet to do: new ones, and those that failed. Where a run writes the folder of
   * a date, a row is done if the folder of any date has it, of its image as it is now.
   */
  Manifest pending(Manifest manifest) {
    List<FileStatus> files =
        Stream.concat(committed.rowFiles().stream(), committed.older().stream()).toList();
    if (files.isEmpty()) {
      return manifest;
    }
    if (committed.dateFolder().isEmpty()) {
      return manifest.with(without(manifest.rows(), done()));
    }
    Dataset<Row> done = read(files).select(ID, IMAGE_VERSION);
    Dataset<Row> rows = manifest.rows();
    return manifest.with(
        rows.join(
            done,
            rows.col(ID)
                .equalTo(done.col(ID))
                // an image that is not to be found has no version, and equals none
                .and(rows.col(VERSION).equalTo(done.col(IMAGE_VERSION))),
            "left_anti"));
  }

  private Dataset<Row> done() {
    return read(committed.rowFiles()).select(ID);
  }

  private Dataset<Row> read(List<FileStatus> files) {
    return spark
        .read()
        .parquet(files.stream().map(file -> file.getPath().toString()).toArray(String[]::new));
  }

  private static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> ids) {
    return rows.join(ids, rows.col(ID).equalTo(ids.col(ID)), "left_anti");
  }

  /**
   * Failed rows that are not to be done again, since the input has them no more; as results, for a
   * file of their own.
   */
  JavaPairRDD<Long, byte[]> abandoned(Manifest manifest) {
    Dataset<Row> failed = read(committed.errorFiles());
    Dataset<Row> left = without(failed, manifest.rows().select(ID));
    if (!committed.rowFiles().isEmpty()) {
      left = without(left, done());
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
