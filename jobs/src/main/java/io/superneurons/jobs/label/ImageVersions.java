package io.superneurons.jobs.label;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;

import io.superneurons.activation.Names;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.Digests;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.input.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What tells an image from what it was: {@code file:LENGTH-MODIFIED}, with the time in milliseconds
 * since 1970, or {@code sha256:HEX} of the image file. Found by tasks, once an image.
 *
 * @param by which of the two; an embedded image is always told by its content
 * @param conf of Hadoop
 * @param maxBytes larger files have no version: they cannot be labelled
 */
record ImageVersions(By by, Broadcast<SerializableConfiguration> conf, long maxBytes)
    implements Serializable {
  private static final String LOCATION = "location";
  private static final String VERSION = "version";
  private static final String FOUND = "found_version";
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int IMAGES_PER_TASK = 2_000;
  private static final int SHA_256 = 256;

  /** What an image is told by. */
  enum By {
    FILE,
    CONTENT;

    /** The name in options and files. */
    String label() {
      return Names.of(this);
    }
  }

  /** The manifest with the versions of its images; one that is not to be found has none. */
  static Manifest added(SparkSession spark, Manifest manifest, By by, long maxBytes) {
    ImageVersions versions =
        new ImageVersions(by, Sessions.broadcastHadoopConfiguration(spark), maxBytes);
    long tasks =
        Math.max(
            spark.sparkContext().defaultParallelism(), manifest.imageCount() / IMAGES_PER_TASK);
    Dataset<Row> found =
        manifest
            .rows()
            .where(col(LOCATION).isNotNull().and(col("problem").isNull()))
            .select(LOCATION)
            .repartition(Math.toIntExact(tasks), col(LOCATION))
            .dropDuplicates(LOCATION)
            .map(
                (MapFunction<Row, Row>)
                    row -> RowFactory.create(row.getString(0), versions.of(row.getString(0))),
                Encoders.row(
                    new StructType()
                        .add(LOCATION, DataTypes.StringType)
                        .add(FOUND, DataTypes.StringType)))
            .persist(StorageLevel.DISK_ONLY());
    return manifest.withRows(
        manifest
            .rows()
            .join(found, manifest.rows().col(LOCATION).equalTo(found.col(LOCATION)), "left_outer")
            .drop(found.col(LOCATION))
            .withColumn(
                VERSION,
                coalesce(concat(lit("sha256:"), sha2(col("embedded"), SHA_256)), col(FOUND)))
            .drop(FOUND));
  }

  /** Null if there is none: the row is to say why, as an error. */
  private String of(String location) {
    try {
      Path path = new Path(location);
      FileSystem files = PathNames.fileSystem(conf.value().value(), path);
      FileStatus status = files.getFileStatus(path);
      if (status.isDirectory() || status.getLen() > maxBytes) {
        return null;
      }
      return switch (by) {
        case FILE ->
            String.format(Locale.ROOT, "file:%d-%d", status.getLen(), status.getModificationTime());
        case CONTENT -> "sha256:" + content(files, path);
      };
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String content(FileSystem files, Path path) throws IOException {
    MessageDigest digest = Digests.sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = files.open(path)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
