package io.superneurons.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.superneurons.activation.FormatException;
import io.superneurons.activation.JsonFormat;
import io.superneurons.jobs.cli.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Everything that changes a run's results; {@code _run.json} of its output folder. Rows that were
 * made with different settings must not be in one folder.
 *
 * @param job name of the job
 * @param values settings by name; values are strings, numbers, truth values, lists and maps
 * @param former those that files of earlier versions have in another way, in that way
 */
public record RunSettings(String job, Map<String, Object> values, Map<String, Object> former) {
  public static final String FILE_NAME = "_run.json";

  /**
   * The columns that ids were looked for in; the same rows have other ids by others. Files of
   * earlier versions lack it.
   */
  public static final String ID_COLUMNS = "id_columns";

  /** Values by task: what a run has no rows of says nothing of those of another. */
  private static final String BY_TASK = "cascade.thresholds";

  private static final JsonFormat FORMAT = new JsonFormat("superneurons-run", 1);

  /** The file's properties; settings keep the types of JSON, so that they compare by value. */
  private record Content(String job, JsonNode settings) {
    Content {
      Objects.requireNonNull(job, "job");
      Objects.requireNonNull(settings, "settings");
    }
  }

  private record Written(String job, Map<String, Object> settings) {}

  public RunSettings {
    values = new LinkedHashMap<>(values); // not Map.copyOf: some values are null
  }

  String toJson() {
    return FORMAT.write(new Written(job, values));
  }

  /** The same as an earlier version wrote it. */
  private String formerly() {
    Map<String, Object> settings = new LinkedHashMap<>(values);
    settings.remove(ID_COLUMNS);
    settings.putAll(former);
    return FORMAT.write(new Written(job, settings));
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
    Content recorded = read(json, folder);
    if (!recorded.job.equals(job)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT, "%s was written by %s; %s cannot resume it", folder, recorded.job, job));
    }
    // Through text, so that numbers compare by value and not by Java type.
    String now = recorded.settings.has(ID_COLUMNS) ? toJson() : formerly();
    difference("", recorded.settings, read(now, folder).settings)
        .ifPresent(
            difference -> {
              throw new ConfigurationException(
                  String.format(
                      Locale.ROOT,
                      "%s cannot be resumed: %s; its rows and new ones would not fit together. Run"
                          + " with the same settings, or into another folder",
                      folder,
                      difference));
            });
  }

  private static Content read(String json, String folder) {
    try {
      return FORMAT.read(json, folder + "/" + FILE_NAME, Content.class);
    } catch (FormatException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  private static Optional<String> difference(String name, JsonNode before, JsonNode now) {
    if (!before.isObject() || !now.isObject()) {
      return before.equals(now)
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT, "%s was %s and is now %s", name, shown(before), shown(now)));
    }
    TreeSet<String> keys = new TreeSet<>();
    before.fieldNames().forEachRemaining(keys::add);
    now.fieldNames().forEachRemaining(keys::add);
    return keys.stream()
        .filter(key -> !name.equals(BY_TASK) || before.has(key) && now.has(key))
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
