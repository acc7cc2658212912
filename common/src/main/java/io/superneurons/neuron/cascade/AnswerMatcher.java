package io.superneurons.neuron.cascade;

import io.superneurons.neuron.statistics.Confusion;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the label that a model's free-text answer names. An answer that is a label, but for spaces
 * around it and for how Unicode composes letters, is that label. Otherwise both are put in lower
 * case and taken as words: numbers with their minus and their fraction, and runs of letters, marks
 * on letters and digits. Then the first of these decides: the answer starts with the label's words;
 * the answer contains the label's words. Of labels that an answer starts with, the longest counts.
 * An answer that names none, or several, is no label, which counts as wrong; so does one that names
 * a label such as {@code C++}, whose words are those of {@code C} as well, in other words than its
 * own.
 */
public final class AnswerMatcher {
  /** Marks that only choose how an emoji is drawn are no part of words. */
  private static final Pattern DRAWN = Pattern.compile("[\\uFE00-\\uFE0F]");

  /** {@code -1.5} is no {@code 1}, while the dot that ends a sentence is none of a number. */
  private static final Pattern WORD =
      Pattern.compile(
          "(?<number>(?<![\\p{L}\\p{M}\\p{N}])[-\\u2212]?[0-9]+(?:[.,][0-9]+)*(?![\\p{L}\\p{M}\\p{N}]))"
              + "|[\\p{L}\\p{M}\\p{N}]+");

  private static final Pattern THOUSANDS = Pattern.compile("-?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?");
  private static final Pattern EMPTY_FRACTION = Pattern.compile("\\.0+$");

  private final List<String> labels;
  private final List<String> words;

  /** For a task with those labels. */
  public AnswerMatcher(List<String> labels) {
    this.labels = labels.stream().map(AnswerMatcher::composed).toList();
    this.words = labels.stream().map(AnswerMatcher::words).toList();
  }

  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
  }

  private static String words(String text) {
    String lower = DRAWN.matcher(composed(text).toLowerCase(Locale.ROOT)).replaceAll(" ");
    StringJoiner words = new StringJoiner(" ", " ", " ");
    Matcher word = WORD.matcher(lower);
    while (word.find()) {
      words.add(word.group("number") == null ? word.group() : number(word.group()));
    }
    return words.toString();
  }

  /** A number in one spelling of those in which people write it. */
  private static String number(String text) {
    String plain = text.replace('\u2212', '-');
    if (THOUSANDS.matcher(plain).matches()) {
      plain = plain.replace(",", "");
    }
    return EMPTY_FRACTION.matcher(plain).replaceAll("");
  }

  /**
   * The index of the label that the answer names, or {@link Confusion#NO_LABEL}.
   *
   * @param answer free text; null is no answer
   */
  public int match(String answer) {
    if (answer == null) {
      return Confusion.NO_LABEL;
    }
    int exact = labels.indexOf(composed(answer));
    if (exact >= 0) {
      return exact;
    }
    String said = words(answer);
    Optional<String> start =
        words.stream()
            .filter(name -> !name.isBlank() && said.startsWith(name))
            .max(Comparator.comparingInt(String::length));
    return start.map(name -> only(name::equals)).orElseGet(() -> only(said::contains));
  }

  /** The label whose words are so, if it is the only one. */
  private int only(Predicate<String> is) {
    List<Integer> found = new ArrayList<>();
    for (int label = 0; label < words.size(); label++) {
      if (!words.get(label).isBlank() && is.test(words.get(label))) {
        found.add(label);
      }
    }
    return found.size() == 1 ? found.get(0) : Confusion.NO_LABEL;
  }
}
