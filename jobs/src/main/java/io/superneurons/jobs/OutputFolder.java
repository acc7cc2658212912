package io.superneurons.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder that a job writes. */
public final class OutputFolder {
  private final FileSystem files;
  private final Path path;

  private OutputFolder(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  /** What becomes of a folder that is there already. */
  public enum Existing {
    REFUSE,
    OVERWRITE
  }

  /**
   * Checks the folder before any work; nothing is touched yet.
   *
   * @throws ConfigurationException if it is there and may not be replaced, or cannot be reached
   */
  public static OutputFolder check(Configuration conf, String output, Existing existing) {
    Path path = new Path(output);
    try {
      FileSystem files = path.getFileSystem(conf);
      if (existing == Existing.REFUSE && files.exists(path)) {
        throw new ConfigurationException(
            "Output " + path + " exists; choose a new folder or add --overwrite");
      }
      return new OutputFolder(files, files.makeQualified(path));
    } catch (IOException e) {
      throw new ConfigurationException("Cannot write output " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Checks that clearing the folder would not remove what is yet to be read.
   *
   * @throws ConfigurationException if the input is the folder itself or lies in it
   */
  public void requireApartFrom(String input) {
    Path read = new Path(input).makeQualified(files.getUri(), files.getWorkingDirectory());
    for (Path at = read; at != null; at = at.getParent()) {
      if (at.equals(path)) {
        throw new ConfigurationException(
            "Output " + path + " holds the input " + input + "; choose another folder");
      }
    }
  }

  /** Removes what the folder holds, when there is something to put in its place. */
  public void clear() throws IOException {
    files.delete(path, true);
  }

  /** The folder, with its file system. */
  public Path path() {
    return path;
  }

  /** Writes a small text file into the folder, replacing one of that name. */
  public void write(String name, String text) throws IOException {
    try (OutputStream out = files.create(new Path(path, name), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Where the folder is, for messages. */
  @Override
  public String toString() {
    return path.toString();
  }
}
