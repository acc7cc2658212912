package io.superneurons.jobs.files;

import io.superneurons.jobs.cli.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;

/**
 * The one place that makes paths of texts and texts of paths. A text is a URI where its scheme
 * stands before a slash, and else a path as it is: {@code 10:30.png} is a file of that name. No
 * character is an escape: {@code %20} is three characters, in URIs as well, as Hadoop has it.
 */
public final class PathNames {
  private static final Pattern URI_START = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

  /** A drive; no file system's scheme is one letter. */
  private static final Pattern WINDOWS = Pattern.compile("[A-Za-z]:[/\\\\]");

  /** Spark's own option, which says that a path is no pattern. */
  private static final String PATTERNS = "__globPaths__";

  private PathNames() {}

  /**
   * The path that a text names.
   *
   * @throws IllegalArgumentException if it names none
   * @throws ConfigurationException if it is one of Windows
   */
  public static Path path(String text) {
    if (isOfWindows(text)) {
      throw new ConfigurationException(
          text
              + " is a path of Windows; in WSL it is /mnt/"
              + text.substring(0, 1).toLowerCase(Locale.ROOT)
              + "/...");
    }
    boolean hasColon = text.indexOf(':') >= 0;
    return !hasColon || isUri(text) ? new Path(text) : new Path(null, null, text);
  }

  /** Whether a text is a path on a drive of Windows. */
  public static boolean isOfWindows(String text) {
    return WINDOWS.matcher(text).lookingAt();
  }

  /** Whether a text names a file system too. */
  public static boolean isUri(String text) {
    return URI_START.matcher(text.lines().findFirst().orElse("")).matches();
  }

  /** The path in Spark's {@code _metadata.file_path}, which is encoded as a URI. */
  public static String ofUri(String uri) {
    return new Path(URI.create(uri)).toString();
  }

  /**
   * The same place without links, on a local disk; what is not there yet keeps its name. Elsewhere
   * the path itself.
   *
   * @param path with its file system
   */
  static Path real(Path path) {
    if (!"file".equals(path.toUri().getScheme())) {
      return path;
    }
    java.nio.file.Path named = java.nio.file.Path.of(path.toUri().getPath());
    for (java.nio.file.Path there = named; there != null; there = there.getParent()) {
      try {
        return new Path(
            "file", null, there.toRealPath().resolve(there.relativize(named)).toString());
      } catch (IOException e) {
        // not there: then the folder above it may be
      }
    }
    return path;
  }

  /**
   * The file system to read a path on. On local disks that is the plain one: Hadoop's usual one
   * looks for a checksum beside each file, which fails where a name has a colon, and where a file
   * was edited since.
   */
  public static FileSystem fileSystem(Configuration conf, Path path) throws IOException {
    FileSystem files = path.getFileSystem(conf);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  /**
   * Whether what is called so is no data: it begins with a dot, or with an underscore as Spark's.
   */
  public static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  /** Spark's reader of a folder, for which its path is a name and no pattern. */
  public static DataFrameReader reader(SparkSession spark) {
    return spark.read().option(PATTERNS, "false");
  }

  /** A configuration to open files of others with: without the checksums of {@link #fileSystem}. */
  public static Configuration plain(Configuration conf) {
    Configuration plain = new Configuration(conf);
    plain.set("fs.file.impl", RawLocalFileSystem.class.getName());
    plain.set("fs.file.impl.disable.cache", "true");
    return plain;
  }

  /**
   * A path as it was given; one without a scheme also with the file system that it leads to, where
   * that is not the local one. On a cluster few expect that.
   */
  public static String of(Configuration conf, String given) {
    URI defaults = FileSystem.getDefaultUri(conf);
    boolean isBare = path(given).toUri().getScheme() == null;
    return isBare && !"file".equals(defaults.getScheme()) ? given + " on " + defaults : given;
  }
}
