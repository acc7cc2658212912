package io.superneurons.jobs.parquet;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.FilesBelow;
import io.superneurons.jobs.files.PathNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Folders that earlier stages wrote, or other programs in their place. */
public final class ParquetFolder {
  private ParquetFolder() {}

  /**
   * The rows of a folder of Parquet files that have the same columns.
   *
   * @param needed the columns that are read; the files may have others of any type
   * @throws ConfigurationException if there are none, or they cannot be read
   */
  public static Dataset<Row> read(SparkSession spark, String folder, Predicate<String> needed) {
    String file = first(spark, folder);
    StructType columns = NeededColumns.of(spark.sparkContext().hadoopConfiguration(), file, needed);
    return PathNames.reader(spark).schema(columns).parquet(folder);
  }

  private static String first(SparkSession spark, String folder) {
    try {
      Path path = PathNames.path(folder);
      FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      Path qualified = files.makeQualified(path);
      return first(files, qualified)
          .orElseThrow(() -> new ConfigurationException(folder + " has no Parquet files to read"));
    } catch (FileNotFoundException e) {
      throw new ConfigurationException(folder + " does not exist", e);
    } catch (IOException e) {
      throw new ConfigurationException("Cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static Optional<String> first(FileSystem files, Path folder) throws IOException {
    RemoteIterator<? extends FileStatus> below = FilesBelow.list(files, folder);
    while (below.hasNext()) {
      Path file = below.next().getPath();
      if (isVisible(folder, file)) {
        return Optional.of(file.toString());
      }
    }
    return Optional.empty();
  }

  /** As Spark has it: what lies in {@code _errors} or begins with a dot is no data. */
  private static boolean isVisible(Path folder, Path file) {
    for (Path part = file; !part.equals(folder); part = part.getParent()) {
      boolean hidden = part.getName().startsWith("_") || part.getName().startsWith(".");
      if (hidden && !part.getName().contains("=")) {
        return false;
      }
    }
    return true;
  }
}
