package io.superneurons.jobs.input;

import io.superneurons.jobs.cli.ConfigurationException;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which column of a manifest holds which field. A field is looked for under its own name, then
 * under the names that LLaVA, POPE, VLMEvalKit and Hugging Face datasets give it.
 *
 * @param named columns that {@code --columns} names, by field; an empty name says that there is
 *     none
 */
record FieldColumns(Map<String, String> named) implements Serializable {
  static final String IMAGE = "image";

  /** Names it where {@link #IMAGE} is embedded. */
  static final String IMAGE_PATH = "image_path";

  static final String QUESTION = "question";
  static final String ID = "id";
  static final String TASK = "task";
  static final String SPLIT = "split";
  static final String LABEL = "label";

  private static final Map<String, List<String>> SPELLINGS = spellings();

  FieldColumns {
    for (String field : named.keySet()) {
      if (!SPELLINGS.containsKey(field)) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "--columns knows no field %s; fields: %s, such as --columns question=text",
                field,
                SPELLINGS.keySet()));
      }
    }
    named = new LinkedHashMap<>(named); // unmodifiable maps do not travel by Kryo
  }

  private static Map<String, List<String>> spellings() {
    Map<String, List<String>> spellings = new LinkedHashMap<>();
    spellings.put(IMAGE, List.of(IMAGE, IMAGE_PATH, "file_name"));
    spellings.put(QUESTION, List.of(QUESTION, "text"));
    spellings.put(ID, List.of(ID, "question_id", "index"));
    spellings.put(TASK, List.of(TASK));
    spellings.put(SPLIT, List.of(SPLIT));
    spellings.put(LABEL, List.of(LABEL, "answer"));
    return spellings;
  }

  /** The column of a field; empty where the record has none. */
  Optional<String> of(String field, Predicate<String> has) {
    String name = named.get(field);
    if (name != null) {
      return Optional.of(name).filter(has);
    }
    return SPELLINGS.get(field).stream().filter(has).findFirst();
  }

  /** The column of a field, for messages. */
  String nameOf(String field) {
    return named.getOrDefault(field, field);
  }

  /** Every column that may hold something, of those that there are. */
  List<String> among(Collection<String> columns) {
    return columns.stream()
        .filter(
            column ->
                column.equals(IMAGE_PATH)
                    || SPELLINGS.keySet().stream()
                        .anyMatch(
                            field ->
                                of(field, columns::contains).stream().anyMatch(column::equals)))
        .toList();
  }

  /**
   * Checks the columns of a table before its rows are read.
   *
   * @throws ConfigurationException if it lacks a column that was named, or one of images
   */
  void require(Collection<String> columns, String file) {
    for (Map.Entry<String, String> entry : named.entrySet()) {
      if (!entry.getValue().isEmpty() && !columns.contains(entry.getValue())) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "%s has no column %s, which --columns names; its columns: %s",
                file,
                entry.getValue(),
                new TreeSet<>(columns)));
      }
    }
    if (of(IMAGE, columns::contains).isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s has no column image; name it with --columns image=NAME; its columns: %s",
              file,
              new TreeSet<>(columns)));
    }
  }
}
