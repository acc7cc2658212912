package io.superneurons.jobs.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.jobs.cli.ConfigurationException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells JSON Lines from other JSON. SAVs' and LLaVA's files are arrays, of which the lines of some
 * can be read by chance; so the whole file is refused, and the message says how to turn it.
 */
final class JsonShape {
  /** How an object begins that does not end in its line, perhaps up to a list under a key. */
  private static final Pattern OPEN_OBJECT =
      Pattern.compile("\\{\\s*(?:\"([A-Za-z0-9_-]{1,64})\"\\s*:\\s*\\[.*)?", Pattern.DOTALL);

  private JsonShape() {}

  /**
   * Looks at the first line of a file.
   *
   * @throws ConfigurationException if the file has more than an object on each line, or less
   */
  static void requireLines(String firstLine, String file) {
    String line = firstLine.strip();
    if (line.startsWith("[")) {
      throw new ConfigurationException(
          file + " is a JSON array, not JSON Lines; " + wayOut(".[]", file));
    }
    Matcher open = OPEN_OBJECT.matcher(line);
    if (open.matches() && !line.endsWith("}")) {
      String filter = open.group(1) == null ? "." : "." + open.group(1) + "[]";
      throw new ConfigurationException(
          file + " is JSON over many lines, not JSON Lines; " + wayOut(filter, file));
    }
  }

  /** The key under which an object that is no row has a list of objects, and how to take them. */
  static Optional<String> rowsUnderKey(JsonNode object, String file) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode value = field.getValue();
      if (value.isArray() && value.size() > 0 && value.get(0).isObject()) {
        String filter = ".[\"" + field.getKey() + "\"][]";
        return Optional.of(
            "its rows seem to be under " + field.getKey() + "; " + wayOut(filter, file));
      }
    }
    return Optional.empty();
  }

  private static String wayOut(String filter, String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return "make a line of each object: jq -c '" + filter + "' '" + name + "' > rows.jsonl";
  }
}
