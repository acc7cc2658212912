package io.superneurons.jobs.files;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
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
   * @param beginning of all such files; one that begins otherwise is not replaced
   * @throws ConfigurationException if it is there and may not be replaced, is a folder or something
   *     else, or cannot be reached
   */
  public static OutputFile check(
      Configuration conf, String output, Existing existing, String beginning) {
    Path path = PathNames.path(output);
    try {
      FileSystem files = PathNames.fileSystem(conf, path);
      if (files.exists(path)) {
        if (files.getFileStatus(path).isDirectory()) {
          throw new ConfigurationException("Output " + path + " is a folder; name a file");
        }
        if (existing == Existing.REFUSE) {
          throw new ConfigurationException(
              "Output " + path + " exists; choose another file or add --overwrite");
        }
        requireAlike(files, path, beginning);
      }
      return new OutputFile(files, path);
    } catch (IOException e) {
      throw new ConfigurationException("Cannot write output " + path + ": " + e.getMessage(), e);
    }
  }

  private static void requireAlike(FileSystem files, Path path, String beginning)
      throws IOException {
    byte[] expected = beginning.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = files.open(path)) {
      byte[] found = in.readNBytes(expected.length);
      if (found.length > 0 && !Arrays.equals(found, expected)) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "Output %s is another file than this program writes, and --overwrite would replace"
                    + " it; choose another file",
                path));
      }
    }
  }

  /**
   * Writes the file, replacing what is there; it is for people, so no checksum file is put beside
   * it.
   */
  public void write(String text) throws IOException {
    try (OutputStream out = files.create(path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
