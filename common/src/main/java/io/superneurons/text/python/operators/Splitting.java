package io.superneurons.text.python.operators;

import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.Text;
import io.superneurons.text.python.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Cutting strings and putting others in their places, as Python's {@code str} does. */
final class Splitting {
  private Splitting() {}

  /**
   * {@code str.split}.
   *
   * @param separator null for runs of space
   * @param most the most cuts; negative for all
   */
  static List<String> split(String text, String separator, int most) {
    return separator == null ? words(text, most) : pieces(text, separator, most);
  }

  private static List<String> words(String text, int most) {
    List<String> words = new ArrayList<>();
    int start = spaceEnd(text, 0);
    while (start < text.length()) {
      if (most >= 0 && words.size() == most) {
        words.add(text.substring(start));
        return words;
      }
      int end = start;
      while (end < text.length() && !Text.isSpace(text.charAt(end))) {
        end++;
      }
      words.add(text.substring(start, end));
      start = spaceEnd(text, end);
    }
    return words;
  }

  private static int spaceEnd(String text, int from) {
    int i = from;
    while (i < text.length() && Text.isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** {@code str.rsplit}. */
  static List<String> splitFromEnd(String text, String separator, int most) {
    if (most < 0) {
      return split(text, separator, most);
    }
    String back = separator == null ? null : reversed(required(separator));
    List<String> parts = new ArrayList<>();
    split(reversed(text), back, most).forEach(part -> parts.add(reversed(part)));
    Collections.reverse(parts);
    return parts;
  }

  /** In the order of characters from the end; twice gives the text back. */
  private static String reversed(String text) {
    char[] back = new char[text.length()];
    for (int i = 0; i < back.length; i++) {
      back[i] = text.charAt(back.length - 1 - i);
    }
    return new String(back);
  }

  static List<String> pieces(String text, String separator, int most) {
    required(separator);
    List<String> pieces = new ArrayList<>();
    int start = 0;
    int end = text.indexOf(separator);
    while (end >= 0 && (most < 0 || pieces.size() < most)) {
      pieces.add(text.substring(start, end));
      start = end + separator.length();
      end = text.indexOf(separator, start);
    }
    pieces.add(text.substring(start));
    return pieces;
  }

  static String required(String separator) {
    if (separator.isEmpty()) {
      throw new PythonException("empty separator");
    }
    return separator;
  }

  /** {@code str.partition}, or {@code rpartition}: the text is cut where the separator stands. */
  static List<Object> around(String text, String separator, int at) {
    return List.of(text.substring(0, at), separator, text.substring(at + separator.length()));
  }

  /**
   * {@code str.replace}.
   *
   * @param most the most replacements; negative for all
   */
  static String replace(Work work, String text, String old, String replacement, int most) {
    if (!old.isEmpty()) {
      return Text.join(work, replacement, pieces(text, old, most));
    }
    int places = Text.length(text) + 1;
    int count = most < 0 ? places : Math.min(most, places);
    work.builds(text.length() + (long) count * replacement.length());
    StringBuilder result = new StringBuilder();
    int position = 0;
    for (int i = 0; i < count; i++) {
      result.append(replacement);
      int next = position == text.length() ? position : text.offsetByCodePoints(position, 1);
      result.append(text, position, next);
      position = next;
    }
    return result.append(text, position, text.length()).toString();
  }
}
