package io.superneurons.neuron.cascade;

import io.superneurons.neuron.statistics.Confusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds the label that a model's free-text answer names. Both are put in lower case, every run of
 * characters that are neither letters nor digits becomes one space, and then the first of these
 * that names exactly one label decides: the answer is the label; the answer starts with the label's
 * words; the answer contains the label's words. Of labels that an answer starts with, the longest
 * counts. An answer that names none, or several, is no label, which counts as wrong.
 */
public final class AnswerMatcher {
  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final List<String> labels;

  /** For a task with those labels. */
  public AnswerMatcher(List<String> labels) {
    this.labels = labels.stream().map(AnswerMatcher::normalised).toList();
  }

  private static String normalised(String text) {
    return " " + SEPARATORS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip() + " ";
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
    String text = normalised(answer);
    int start = longestStart(text);
    return start == Confusion.NO_LABEL ? onlyOneInside(text) : start;
  }

  private int longestStart(String text) {
    int longest = Confusion.NO_LABEL;
    for (int label = 0; label < labels.size(); label++) {
      String name = labels.get(label);
      boolean longer =
          longest == Confusion.NO_LABEL || name.length() > labels.get(longest).length();
      if (!name.isBlank() && text.startsWith(name) && longer) {
        longest = label;
      }
    }
    return longest;
  }

  private int onlyOneInside(String text) {
    List<Integer> inside = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      if (!labels.get(label).isBlank() && text.contains(labels.get(label))) {
        inside.add(label);
      }
    }
    return inside.size() == 1 ? inside.get(0) : Confusion.NO_LABEL;
  }
}
