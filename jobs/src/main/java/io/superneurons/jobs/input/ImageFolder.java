package io.superneurons.jobs.input;

import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.FilesBelow;
import io.superneurons.jobs.files.PathNames;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Images that no manifest names.
 *
 * @param path of a folder, or of one image, with its file system
 * @param reach which files are meant
 * @param pattern of their names; null for all images by their extension
 */
record ImageFolder(String path, Reach reach, String pattern) implements Serializable {
  /** A shell may have made a great many inputs of a pattern. */
  private static final int MOST_TASKS = 64;

  /** How far below the path images are taken. */
  enum Reach {
    FILE,
    CHILDREN,
    ALL
  }

  /** One image. */
  static ImageFolder file(Path path) {
    return new ImageFolder(path.toString(), Reach.FILE, null);
  }

  /** The images in a folder whose names match. */
  static ImageFolder matching(Path path, String pattern) {
    return new ImageFolder(path.toString(), Reach.CHILDREN, pattern);
  }

  /** The images in a folder and in those below it. */
  static ImageFolder whole(Path path) {
    return new ImageFolder(path.toString(), Reach.ALL, null);
  }

  /**
   * A row for each image of the folders. They are listed by tasks, file by file, and once: whatever
   * is added while a job runs is for the next one.
   */
  static Dataset<Row> read(SparkSession spark, List<ImageFolder> folders, RowParser parser) {
    Broadcast<SerializableConfiguration> conf = Sessions.broadcastHadoopConfiguration(spark);
    ArrayList<ImageFolder> listed = new ArrayList<>(folders);
    return spark
        .range(0, listed.size(), 1, Math.min(listed.size(), MOST_TASKS))
        .flatMap(
            (FlatMapFunction<Long, Row>)
                i -> listed.get(i.intValue()).rows(conf.value().value(), parser),
            Encoders.row(Place.PLACED_ROWS))
        .dropDuplicates(Place.FILE)
        .persist(StorageLevel.DISK_ONLY());
  }

  private Iterator<Row> rows(Configuration conf, RowParser parser) throws IOException {
    FileSystem files = PathNames.fileSystem(conf, new Path(path));
    RemoteIterator<? extends FileStatus> found =
        reach == Reach.ALL
            ? FilesBelow.list(files, new Path(path))
            : reach == Reach.CHILDREN
                ? FilesBelow.children(files, new Path(path))
                : files.listStatusIterator(new Path(path));
    GlobFilter names = pattern == null ? null : new GlobFilter(pattern);
    return new Iterator<>() {
      private FileStatus next = advance();

      private FileStatus advance() {
        try {
          while (found.hasNext()) {
            FileStatus file = found.next();
            if (!file.isDirectory() && isMeant(file.getPath(), names)) {
              return file;
            }
          }
          return null;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Row next() {
        if (next == null) {
          throw new NoSuchElementException();
        }
        String location = next.getPath().toString();
        ManifestRow row =
            next instanceof FilesBelow.Unnameable
                ? RowParser.unnameable(location)
                : parser.ofFile(location);
        next = advance();
        return new Place(location, "image", 1).row(row);
      }
    };
  }

  private boolean isMeant(Path file, GlobFilter names) {
    boolean isImage =
        InputFormat.ofName(file.getName()).filter(f -> f == InputFormat.IMAGES).isPresent();
    return switch (reach) {
      case FILE -> true;
      case CHILDREN -> isImage && isVisible(file) && names.accept(file);
      case ALL -> isImage && isVisible(file);
    };
  }

  /** Names that begin with a dot or an underscore are hidden, and what is in such folders. */
  private boolean isVisible(Path file) {
    String below = "/" + file.toString().substring(path.length());
    return !below.contains("/.") && !below.contains("/_");
  }
}
