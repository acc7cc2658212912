package io.superneurons.jobs;

import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.reflect.ClassTag$;

/**
 * A manifest.
 *
 * @param path with its file system
 * @param bytes its length
 */
record InputFile(String path, long bytes) {
  static InputFile of(FileStatus status) {
    return new InputFile(status.getPath().toString(), status.getLen());
  }

  /** The path in Spark's {@code _metadata.file_path}, which is encoded as a URI. */
  static String ofUri(String uri) {
    return new Path(URI.create(uri)).toString();
  }

  /** What the tasks that open files themselves need. */
  static Broadcast<SerializableConfiguration> hadoopConfiguration(SparkSession spark) {
    return spark
        .sparkContext()
        .broadcast(
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()),
            ClassTag$.MODULE$.apply(SerializableConfiguration.class));
  }

  /** Spark takes paths for patterns; these match the files and nothing else. */
  static String[] patterns(List<InputFile> files) {
    return files.stream()
        .map(file -> file.path().replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1"))
        .toArray(String[]::new);
  }
}
