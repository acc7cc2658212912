package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Options that a table has in columns of their own, {@code A}, {@code B} and so on. */
final class Options {
  private Options() {}

  /** The names of all such columns. */
  static Set<String> columns() {
    Set<String> names = new TreeSet<>();
    for (char letter = 'A'; letter <= 'Z'; letter++) {
      names.add(String.valueOf(letter));
    }
    return names;
  }

  /**
   * The options up to the last that is there; null where there is none.
   *
   * @throws BadRowException if one before it is empty, so that letters would move
   */
  static List<String> of(PublishedRecord record) throws BadRowException {
    List<String> options = new ArrayList<>();
    String missing = null;
    for (String letter : columns()) {
      String option = record.cell(letter);
      if (option != null && missing != null) {
        throw BadRowException.badRow("Option " + missing + " is empty, and " + letter + " is not");
      }
      if (option != null) {
        options.add(option);
      } else if (missing == null) {
        missing = letter;
      }
    }
    return options.isEmpty() ? null : options;
  }
}
