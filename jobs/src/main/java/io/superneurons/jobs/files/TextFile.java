package io.superneurons.jobs.files;

import io.superneurons.jobs.cli.ConfigurationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A small text file on any file system.
 *
 * @param path of the file
 * @param text its content
 */
public record TextFile(String path, String text) {

  /**
   * Reads a file, or the file of that name if a folder is given.
   *
   * @throws ConfigurationException if it cannot be read
   */
  public static TextFile inFolderOrItself(Configuration conf, String given, String name) {
    Path path = PathNames.path(given);
    try {
      FileSystem files = PathNames.fileSystem(conf, path);
      if (files.getFileStatus(path).isDirectory()) {
        path = new Path(path, name);
      }
      try (InputStream in = files.open(path)) {
        return new TextFile(path.toString(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (FileNotFoundException e) {
      throw new ConfigurationException(PathNames.of(conf, path.toString()) + " does not exist", e);
    } catch (IOException e) {
      throw new ConfigurationException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }
}
