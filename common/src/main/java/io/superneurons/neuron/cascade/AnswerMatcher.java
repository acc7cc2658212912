package io.superneurons.neuron.cascade;

import io.superneurons.neuron.statistics.Confusion;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds the label that a model's free-text answer names. An answer that is a label, but for spaces
 * around it and for how Unicode composes letters, is that label. Otherwise both are put in lower
 * case, every run of characters that are neither letters, marks on letters nor digits becomes one
 * space, and then the first of these decides: the answer starts with the label's words; the answer
 * contains the label's words. Of labels that an answer starts with, the longest counts. An answer
 * that names none, or several, is no label, which counts as wrong; so does one that names a label
 * such as {@code C++}, whose words are those of {@code C} as well, in other words than its own.
 */
public final class AnswerMatcher {
  /** Marks that only choose how an emoji is drawn are separators too. */
  private static final Pattern SEPARATORS =
      Pattern.compile("(?:[^\\p{L}\\p{M}\\p{N}]|[\\uFE00-\\uFE0F])+");

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
    String lower = composed(text).toLowerCase(Locale.ROOT);
    return " " + SEPARATORS.matcher(lower).replaceAll(" ").strip() + " ";
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
