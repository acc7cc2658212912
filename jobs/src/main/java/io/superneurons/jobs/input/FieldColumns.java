package io.superneurons.jobs.input;

import io.superneurons.jobs.cli.ConfigurationException;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which column of a manifest holds which field. A field is looked for under its own name, then
 * under the names that LLaVA, POPE, VLMEvalKit and Hugging Face datasets give it.
 *
 * @param named columns that {@code --columns} names, by field; an empty name says that there is
 *     none
 * @param ownNameOnly fields that are looked for under no name but their own
 */
public record FieldColumns(Map<String, String> named, Set<String> ownNameOnly)
    implements Serializable {
  public static final String IMAGE = "image";

  /** Names it where {@link #IMAGE} is embedded. */
  public static final String IMAGE_PATH = "image_path";

  public static final String QUESTION = "question";
  public static final String ID = "id";
  public static final String TASK = "task";
  public static final String SPLIT = "split";
  public static final String LABEL = "label";

  /** Lettered options of a multiple-choice question. */
  public static final String CHOICES = "choices";

  private static final Map<String, List<String>> SPELLINGS = spellings();

  /** What fields are often called, too often for something else to be taken unasked. */
  private static final Map<String, List<String>> LOOK_ALIKES =
      Map.of(
          LABEL,
          List.of(
              LABEL,
              "labels",
              "class",
              "class_name",
              "category",
              "answers",
              "gt",
              "ground_truth",
              "target",
              "annotation",
              "y"),
          QUESTION,
          List.of(QUESTION, "prompt", "query", "instruction", "questions", "text_input"),
          IMAGE,
          List.of(IMAGE, "images", "file", "filename", "path", "filepath", "image_file", "img"));

  private static final String OTHER_SEPARATORS =
      "write it with commas, or read tabs with --format tsv";

  public FieldColumns {
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
    ownNameOnly = new TreeSet<>(ownNameOnly);
  }

  /** The columns that {@code --columns} names, and known spellings of the others. */
  public static FieldColumns of(Map<String, String> named) {
    return new FieldColumns(named, Set.of());
  }

  /** The same without the known spellings of a field, unless one was named. */
  FieldColumns byOwnName(String field) {
    return new FieldColumns(named, Set.of(field));
  }

  /** Whether a field may be found under a known spelling. */
  boolean isSpelled(String field) {
    return !named.containsKey(field) && !ownNameOnly.contains(field);
  }

  /** Where a field is looked for, in this order. */
  List<String> lookedFor(String field) {
    String name = named.get(field);
    if (name != null) {
      return name.isEmpty() ? List.of() : List.of(name);
    }
    return ownNameOnly.contains(field) ? List.of(field) : SPELLINGS.get(field);
  }

  private static Map<String, List<String>> spellings() {
    Map<String, List<String>> spellings = new LinkedHashMap<>();
    spellings.put(IMAGE, List.of(IMAGE, IMAGE_PATH, "file_name"));
    spellings.put(QUESTION, List.of(QUESTION, "text"));
    spellings.put(ID, List.of(ID, "question_id", "index"));
    spellings.put(TASK, List.of(TASK));
    spellings.put(SPLIT, List.of(SPLIT));
    spellings.put(LABEL, List.of(LABEL, "answer"));
    spellings.put(CHOICES, List.of(CHOICES));
    return spellings;
  }

  /** What a header was meant to be cut at; commas within quotes may have cut it elsewhere. */
  private static Optional<String> separator(Collection<String> columns) {
    return Stream.of(";", "\t", "|", ",")
        .filter(sign -> columns.stream().anyMatch(column -> column.contains(sign)))
        .findFirst()
        .map(found -> found.equals("\t") ? "tabs" : "'" + found + "'");
  }

  /** The column of a field; empty where the record has none. */
  public Optional<String> of(String field, Predicate<String> has) {
    return lookedFor(field).stream().filter(has).findFirst();
  }

  /**
   * What to say of a column that may hold a field which was found in none: its name, and the option
   * that takes it. Empty where no column looks like it.
   */
  public Optional<String> lookAlike(String field, Collection<String> columns) {
    return LOOK_ALIKES.getOrDefault(field, List.of()).stream()
        .flatMap(name -> columns.stream().filter(name::equalsIgnoreCase))
        .filter(name -> !named.containsValue(name) && of(field, columns::contains).isEmpty())
        .findFirst()
        .map(
            name ->
                String.format(
                    Locale.ROOT,
                    "its column %s looks like it: --columns %s=%s",
                    name,
                    field,
                    name));
  }

  /** The column of a field, for messages. */
  String nameOf(String field) {
    return named.getOrDefault(field, field);
  }

  /** Every column that may hold something, of those that there are. */
  public List<String> among(Collection<String> columns) {
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
  public void require(Collection<String> columns, String file) {
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
              "%s has no column image; %s; its columns: %s",
              file,
              separator(columns)
                  .map(found -> "it seems to be separated by " + found + "; " + OTHER_SEPARATORS)
                  .or(() -> lookAlike(IMAGE, columns))
                  .orElse("name it with --columns image=NAME"),
              new TreeSet<>(columns)));
    }
  }
}
