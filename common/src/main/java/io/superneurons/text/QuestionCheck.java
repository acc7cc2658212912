package io.superneurons.text;

import io.superneurons.text.TokenizerFile.AddedToken;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Keeps a text from a user or operator from becoming a control token or an image's place. */
final class QuestionCheck {
  private final List<String> tokens;
  private final int maxLength;

  QuestionCheck(Collection<AddedToken> added, ImageSlot slot, int maxLength) {
    TreeSet<String> texts =
        new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));
    texts.add(slot.token());
    for (AddedToken token : added) {
      // runs of spaces and the like are added tokens of some vocabularies, and ordinary text
      if (!token.text().isBlank() && (token.special() || isMarkup(token.text()))) {
        texts.add(token.text());
      }
    }
    tokens = List.copyOf(texts);
    this.maxLength = maxLength;
  }

  private static boolean isMarkup(String text) {
    return text.codePoints().anyMatch(c -> c == '<' || c == '|' || c == '[');
  }

  /**
   * Refuses a question that is too long or has a character or token that no question may have.
   *
   * @throws TextException with what is wrong
   */
  void check(String question) {
    if (question.length() > maxLength) {
      throw new TextException(
          String.format(
              Locale.ROOT,
              "The question has %d characters; the most is %d",
              question.length(),
              maxLength));
    }
    for (int i = 0; i < question.length(); i++) {
      char c = question.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\t') {
        throw new TextException(
            String.format(
                Locale.ROOT,
                "The question has the control character U+%04X at position %d; remove it",
                (int) c,
                i));
      }
    }
    controlToken(question)
        .ifPresent(
            token -> {
              throw new TextException(
                  String.format(
                      Locale.ROOT,
                      "The question contains \"%s\", a control token of this model; rewrite it",
                      token));
            });
  }

  /** The longest control token that stands in the text. */
  Optional<String> controlToken(String text) {
    return tokens.stream().filter(text::contains).findFirst();
  }
}
