package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Parquet that lmms-eval's tasks read: an image struct, a question, and an answer under one of
 * several names; options are a list, or columns {@code A}, {@code B} and so on.
 */
final class LmmsEval implements PublishedSet {
  private static final String CHOICES = "choices";
  private static final String OPTIONS = "options";
  private static final String ANSWER = "answer";
  private static final String RIGHT = "correct_choice_idx";

  @Override
  public Layout layout() {
    return Layout.of(Layout.Kind.PARQUET);
  }

  @Override
  public String files() {
    return "a set's data/*.parquet";
  }

  @Override
  public boolean reads(String name) {
    return name.endsWith(".parquet");
  }

  @Override
  public List<String> marks() {
    return List.of("image", "question");
  }

  @Override
  public Set<String> columns() {
    Set<String> columns = new HashSet<>(Options.columns());
    columns.addAll(Set.of(CHOICES, OPTIONS, ANSWER, RIGHT, VqaV2.ANSWER, "hint"));
    return columns;
  }

  @Override
  public void fill(PublishedRecord record, String file, SetFields row) throws BadRowException {
    row.question(Hints.context(record) + record.needed("question"));
    List<String> options =
        Stream.of(record.texts(CHOICES), record.texts(OPTIONS), Options.of(record))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    row.choices(options);
    if (options != null && record.text(RIGHT) != null) {
      row.answer(record.whole(RIGHT));
    } else if (record.text(ANSWER) != null) {
      answer(record.needed(ANSWER), options, row);
    } else if (record.text(VqaV2.ANSWER) != null) {
      row.label(record.needed(VqaV2.ANSWER));
    }
  }

  /** A number is the place of an option, but where an option is called so. */
  private static void answer(String answer, List<String> options, SetFields row)
      throws BadRowException {
    boolean isPlace = options != null && answer.matches("\\d{1,2}");
    if (!isPlace) {
      row.label(answer);
      return;
    }
    if (options.contains(answer)) {
      throw BadRowException.badRow(
          "Field answer is " + answer + ", the place of an option and the text of one");
    }
    row.answer(Long.parseLong(answer));
  }
}
