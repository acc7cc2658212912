package io.superneurons.jobs.label;

import io.superneurons.activation.Names;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.Digests;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.manifest.ImageVersion;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Versions of images, which change when the image does: {@code file:LENGTH-MODIFIED}, with the time
 * in milliseconds since 1970, or {@code sha256:HEX} of the image file. Found in Spark tasks, once
 * per image.
 *
 * @param by which of the two; an embedded image is always told by its content
 * @param conf of Hadoop
 * @param maxBytes larger files have no version: they cannot be labelled
 */
record ImageVersions(By by, Broadcast<SerializableConfiguration> conf, long maxBytes)
    implements ImageVersion {
  private static final int BUFFER_BYTES = 1 << 16;

  /** What an image is told by. */
  enum By {
    FILE,
    CONTENT;

    /** The name in options and files. */
    String label() {
      return Names.of(this);
    }
  }

  /** Finds the versions of image files. */
  static ImageVersions of(SparkSession spark, By by, long maxBytes) {
    return new ImageVersions(by, Sessions.broadcastHadoopConfiguration(spark), maxBytes);
  }

  /** Null if there is none: the row is to say why, as an error. */
  @Override
  public String of(String location) {
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
