package io.superneurons.jobs.select;

import io.superneurons.activation.FormatException;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.files.TextFile;
import io.superneurons.jobs.run.RunSummary;
import io.superneurons.jobs.select.settings.SelectSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The command that draws what was found, to be copied.
 *
 * @param words options of report
 * @param showsImages whether they name the images too
 */
record DrawingCommand(List<String> words, boolean showsImages) {
  private static final String INPUT = "--input";
  private static final String OPTION = "--";

  /**
   * The command for a selection; with images where the run that made the activations names them.
   */
  static DrawingCommand of(SelectSettings settings, Configuration conf) {
    List<String> words = new ArrayList<>(List.of("--selection", settings.output()));
    if (settings.activations().size() != 1) {
      return new DrawingCommand(words, false); // report takes one folder of activations
    }
    String activations = settings.activations().get(0);
    words.addAll(List.of("--activations", activations));
    List<String> input = input(activations, conf);
    words.addAll(input);
    return new DrawingCommand(words, !input.isEmpty());
  }

  /** What names the images that a folder's activations are of; empty where that is not known. */
  private static List<String> input(String activations, Configuration conf) {
    try {
      TextFile file = TextFile.inFolderOrItself(conf, activations, RunSummary.FILE_NAME);
      List<String> input = RunSummary.fromJson(file.text(), file.path()).input();
      return input != null && isThere(input, conf) ? input : List.of();
    } catch (ConfigurationException | FormatException | IOException e) {
      return List.of(); // another program's activations, or those of an earlier version
    }
  }

  /** Whether all files and folders that are named are there still; patterns are taken as such. */
  private static boolean isThere(List<String> input, Configuration conf) throws IOException {
    boolean isInput = false;
    for (String word : input) {
      if (word.startsWith(OPTION)) {
        isInput = word.equals(INPUT);
      } else if (isInput && !word.matches(".*[*?{\\[].*")) {
        Path path = PathNames.path(word);
        if (!PathNames.fileSystem(conf, path).exists(path)) {
          return false;
        }
      }
    }
    return true;
  }

  /** The command as a shell takes it. */
  String text() {
    return words.stream()
        .map(DrawingCommand::word)
        .collect(Collectors.joining(" ", "superneurons report ", ""));
  }

  /** As a shell takes it for one word. */
  private static String word(String text) {
    return text.matches("[\\w./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
