package io.superneurons.jobs.parquet;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.FilesBelow;
import io.superneurons.jobs.files.PathNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
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
   * The rows of a folder of Parquet files.
   *
   * @param needed the columns that are read, null in the rows of files that lack them; the files
   *     may have others of any type
   * @throws ConfigurationException if there are none, they cannot be read, or a needed column is of
   *     unlike types
   */
  public static Dataset<Row> read(SparkSession spark, String folder, Predicate<String> needed) {
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    StructType columns = NeededColumns.of(conf, files(conf, folder), needed);
    return PathNames.reader(spark).schema(columns).parquet(folder);
  }

  /** At least one. */
  private static List<String> files(Configuration conf, String folder) {
    try {
      Path path = PathNames.path(folder);
      FileSystem files = path.getFileSystem(conf);
      List<String> found = files(files, files.makeQualified(path));
      if (found.isEmpty()) {
        throw new ConfigurationException(folder + " has no Parquet files to read");
      }
      return found;
    } catch (FileNotFoundException e) {
      throw new ConfigurationException(folder + " does not exist", e);
    } catch (IOException e) {
      throw new ConfigurationException("Cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static List<String> files(FileSystem files, Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    RemoteIterator<? extends FileStatus> below = FilesBelow.list(files, folder);
    while (below.hasNext()) {
      Path file = below.next().getPath();
      if (isVisible(folder, file)) {
        found.add(file.toString());
      }
    }
    Collections.sort(found);
    return found;
  }

  /** As Spark has it: what lies in {@code _errors} or begins with a dot is no data. */
  private static boolean isVisible(Path folder, Path file) {
    for (Path part = file; !part.equals(folder); part = part.getParent()) {
      if (PathNames.isHidden(part.getName()) && !part.getName().contains("=")) {
        return false;
      }
    }
    return true;
  }
}
