package io.superneurons.export;

import io.superneurons.jobs.cli.ConfigurationException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which neurons' values are exported.
 *
 * @param kind how they are chosen
 * @param count how many per task, for {@link Kind#TOP}
 */
record NeuronChoice(Kind kind, int count) {
  private static final Pattern TOP = Pattern.compile("top:([1-9]\\d{0,8})");

  NeuronChoice {
    Objects.requireNonNull(kind, "kind");
  }

  /** How neurons are chosen. */
  enum Kind {
    /** The Super Neurons of a row's task. */
    SELECTED,

    /** The best on the probing rows of a row's task. */
    TOP,

    /** Every one. */
    ALL
  }

  /**
   * Reads {@code selected}, {@code all} or {@code top:N}.
   *
   * @throws ConfigurationException if it is none of them
   */
  static NeuronChoice parse(String text) {
    Matcher top = TOP.matcher(text);
    if (top.matches()) {
      return new NeuronChoice(Kind.TOP, Integer.parseInt(top.group(1)));
    }
    return switch (text) {
      case "selected" -> new NeuronChoice(Kind.SELECTED, 0);
      case "all" -> new NeuronChoice(Kind.ALL, 0);
      default ->
          throw new ConfigurationException(
              "--neurons is selected, all or top:N, such as top:100, not '" + text + "'");
    };
  }
}
