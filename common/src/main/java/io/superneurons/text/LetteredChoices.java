package io.superneurons.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The options of a multiple-choice question, which differ from row to row; their letters are the
 * labels. The prompt is that of LLaVA, lmms-eval and VLMEvalKit.
 *
 * @param options in the order of their letters
 */
public record LetteredChoices(List<String> options) {
  /** What is asked for after the options. */
  public static final String ASKED_FOR =
      "Answer with the option's letter from the given choices directly.";

  private static final int LETTERS = 26;

  /**
   * @throws TextException if there is none, or more than letters, or an option shows nothing
   */
  public LetteredChoices {
    options = List.copyOf(options);
    if (options.isEmpty() || options.size() > LETTERS) {
      throw new TextException(
          String.format(
              Locale.ROOT, "there are %d choices; there must be 1 to %d", options.size(), LETTERS));
    }
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).isBlank()) {
        throw new TextException("choice " + letterOf(i) + " is empty");
      }
    }
  }

  /** The question, a line for each option, and what is asked for. */
  public String asked(String question) {
    StringBuilder text = new StringBuilder(question);
    for (int i = 0; i < options.size(); i++) {
      text.append('\n').append(letterOf(i)).append(". ").append(options.get(i));
    }
    return text.append('\n').append(ASKED_FOR).toString();
  }

  /**
   * The letter of an option.
   *
   * @param index from 0
   * @throws TextException if there is no such option
   */
  public String letter(long index) {
    if (index < 0 || index >= options.size()) {
      throw new TextException(
          String.format(
              Locale.ROOT,
              "label %d is none of %d choices, which are counted from 0",
              index,
              options.size()));
    }
    return letterOf((int) index);
  }

  /**
   * The letter of the option that a label names by its letter, in any case, or by its text.
   *
   * @throws TextException if it names none, or the letter of one and the text of another
   */
  public String letter(String label) {
    String given = label.strip();
    Optional<String> byLetter =
        IntStream.range(0, options.size())
            .mapToObj(LetteredChoices::letterOf)
            .filter(letter -> letter.equalsIgnoreCase(given))
            .findFirst();
    Optional<String> byText =
        options.contains(given) ? Optional.of(letterOf(options.indexOf(given))) : Optional.empty();
    boolean isRepeated = options.indexOf(given) != options.lastIndexOf(given);
    if (isRepeated || byLetter.isPresent() && byText.isPresent() && !byLetter.equals(byText)) {
      throw new TextException(
          "label '" + given + "' may be one of two choices; give the letter of one that differs");
    }
    return byLetter
        .or(() -> byText)
        .orElseThrow(
            () ->
                new TextException(
                    String.format(
                        Locale.ROOT,
                        "label '%s' is neither a letter from A to %s nor the text of a choice",
                        given,
                        letterOf(options.size() - 1))));
  }

  private static String letterOf(int index) {
    return String.valueOf((char) ('A' + index));
  }
}
