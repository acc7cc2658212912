package io.superneurons.jobs.results;

import io.superneurons.activation.FormatException;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.TextFile;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;

/** Reads the JSON file that a stage left in its folder. */
final class FolderFile {
  private FolderFile() {}

  /**
   * Reads a file.
   *
   * @param folder the folder, or the file itself
   * @param name of the file in its folder
   * @param parser takes the text and what to call the file in messages
   * @throws ConfigurationException if it cannot be read or is not what it should be
   */
  static <T> T read(
      Configuration conf, String folder, String name, BiFunction<String, String, T> parser) {
    TextFile file = TextFile.inFolderOrItself(conf, folder, name);
    try {
      return parser.apply(file.text(), file.path());
    } catch (FormatException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }
}
