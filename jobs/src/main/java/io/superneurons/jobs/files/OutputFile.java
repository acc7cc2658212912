package io.superneurons.jobs.files;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The one file that a command writes. */
public final class OutputFile {
  private final FileSystem files;
  private final Path path;

  private OutputFile(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  /**
   * Checks the file before any work; nothing is touched yet.
   *
   * @throws ConfigurationException if it is there and may not be replaced, is a folder, or cannot
   *     be reached
   */
  public static OutputFile check(Configuration conf, String output, Existing existing) {
    Path path = new Path(output);
    try {
      FileSystem files = path.getFileSystem(conf);
      if (files.exists(path)) {
        if (files.getFileStatus(path).isDirectory()) {
          throw new ConfigurationException("Output " + path + " is a folder; name a file");
        }
        if (existing == Existing.REFUSE) {
          throw new ConfigurationException(
              "Output " + path + " exists; choose another file or add --overwrite");
        }
      }
      return new OutputFile(files, path);
    } catch (IOException e) {
      throw new ConfigurationException("Cannot write output " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes the file, replacing what is there; it is for people, so no checksum file is put beside
   * it.
   */
  public void write(String text) throws IOException {
    files.setWriteChecksum(false);
    try (OutputStream out = files.create(path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
