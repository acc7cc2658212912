package io.superneurons.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.jobs.cli.ConfigurationException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Everything that changes a run's results; {@code _run.json} of its output folder. Rows that were
 * made with different settings must not be in one folder.
 *
 * @param job name of the job
 * @param values settings by name; values are strings, numbers, truth values, lists and maps
 */
public record RunSettings(String job, Map<String, Object> values) {
  public static final String FILE_NAME = "_run.json";

  private static final String FORMAT = "superneurons-run";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  public RunSettings {
    values = new LinkedHashMap<>(values); // not Map.copyOf: some values are null
  }

  String toJson() {
    ObjectNode root = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
    root.put("job", job);
    root.set("settings", JSON.valueToTree(values));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks that a folder's rows were made with the same settings.
   *
   * @param json text of the folder's {@code _run.json}
   * @param folder its name for messages
   * @throws ConfigurationException if they were not; the message names the first setting that
   *     differs
   */
  void requireSame(String json, String folder) {
    JsonNode recorded = recorded(json, folder);
    if (!recorded.path("job").asText().equals(job)) {
      throw new ConfigurationException(
          "%s was written by %s; %s cannot resume it"
              .formatted(folder, recorded.path("job").asText(), job));
    }
    JsonNode now = JSON.valueToTree(values);
    // Through text, so that numbers compare by value and not by Java type.
    difference("", recorded.path("settings"), reread(now))
        .ifPresent(
            difference -> {
              throw new ConfigurationException(
                  ("%s cannot be resumed: %s; its rows and new ones would not fit together. Run"
                          + " with the same settings, or into another folder")
                      .formatted(folder, difference));
            });
  }

  private static JsonNode recorded(String json, String folder) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(folder + "/" + FILE_NAME + " is not JSON", e);
    }
    if (!root.path("format").asText().equals(FORMAT) || root.path("version").asInt() != VERSION) {
      throw new ConfigurationException(
          "%s/%s is not of format %s, version %d".formatted(folder, FILE_NAME, FORMAT, VERSION));
    }
    return root;
  }

  private static JsonNode reread(JsonNode node) {
    try {
      return JSON.readTree(node.toString());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> difference(String name, JsonNode before, JsonNode now) {
    if (!before.isObject() || !now.isObject()) {
      return before.equals(now)
          ? Optional.empty()
          : Optional.of("%s was %s and is now %s".formatted(name, shown(before), shown(now)));
    }
    TreeSet<String> keys = new TreeSet<>();
    before.fieldNames().forEachRemaining(keys::add);
    now.fieldNames().forEachRemaining(keys::add);
    return keys.stream()
        .flatMap(
            key ->
                difference(name.isEmpty() ? key : name + "." + key, before.path(key), now.path(key))
                    .stream())
        .findFirst();
  }

  private static String shown(JsonNode node) {
    return node instanceof MissingNode ? "not set" : node.toString();
  }
}
