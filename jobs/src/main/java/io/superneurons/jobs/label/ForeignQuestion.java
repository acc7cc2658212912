package io.superneurons.jobs.label;

import java.util.Locale;
import java.util.Optional;

/**
 * A question, given by hand, that is another than the one which Super Neurons were chosen with:
 * their labels may say nothing of what it asks.
 */
final class ForeignQuestion {
  private ForeignQuestion() {}

  /**
   * What to tell of it; nothing where the question is the same but for white space, or where none
   * of the two is known.
   *
   * @param chosenWith what the task's probing rows asked
   * @param given by hand; may be null
   */
  static Optional<String> told(Optional<String> chosenWith, String given) {
    return chosenWith
        .filter(own -> given != null && !spaced(own).equals(spaced(given)))
        .map(
            own ->
                String.format(
                    Locale.ROOT,
                    "ANOTHER QUESTION than its neurons were chosen with, \"%s\": they may not"
                        + " answer it",
                    spaced(own)));
  }

  private static String spaced(String question) {
    return question.strip().replaceAll("\\s+", " ");
  }
}
