package io.superneurons.jobs.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.jobs.cli.ConfigurationException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;

/** Tells folders that this program wrote from all others, which it must never clear. */
final class OwnFolders {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Files that say what a folder is, and what stands for {@code format} in them. */
  private static final Map<String, String> MARKERS =
      Map.of(
          "_run.json", "superneurons-run",
          "_superneurons.json", "superneurons-activations",
          "superneurons.json", "superneurons",
          "_export.json", "superneurons-export");

  private static final int NAMED = 3;

  private OwnFolders() {}

  /**
   * Checks that a folder is empty, or of this program.
   *
   * @throws ConfigurationException if it is neither; the message names some of its content
   */
  static void requireOwn(OutputFolder folder) throws IOException {
    List<String> content =
        folder.children().stream()
            .map(FileStatus::getPath)
            .map(path -> path.getName())
            .filter(name -> !Leftovers.isUnfinished(name))
            .sorted()
            .toList();
    if (!content.isEmpty() && !isMarked(folder, "", content) && !wasReplaced(folder)) {
      String some = content.stream().limit(NAMED).collect(Collectors.joining(", "));
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Output %s is not a folder that this program wrote, and --overwrite would remove all"
                  + " it holds: %s%s. Choose another folder, or empty it yourself",
              folder,
              some,
              content.size() > NAMED
                  ? String.format(Locale.ROOT, " and %,d more", content.size() - NAMED)
                  : ""));
    }
  }

  /** Whether a command was killed while it put other content in the place of this program's. */
  private static boolean wasReplaced(OutputFolder folder) throws IOException {
    for (FileStatus child : folder.children()) {
      String name = child.getPath().getName();
      if (name.startsWith(Leftovers.REPLACED) && isMarked(folder, name + "/", MARKERS.keySet())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMarked(OutputFolder folder, String below, Collection<String> content)
      throws IOException {
    for (Map.Entry<String, String> marker : MARKERS.entrySet()) {
      if (content.contains(marker.getKey())
          && folder.read(below + marker.getKey()).flatMap(OwnFolders::format).stream()
              .anyMatch(marker.getValue()::equals)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> format(String json) {
    try {
      return Optional.ofNullable(JSON.readTree(json).path("format").textValue());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
