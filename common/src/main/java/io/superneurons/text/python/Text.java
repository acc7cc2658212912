package io.superneurons.text.python;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Strings as Python sees them: sequences of code points. */
public final class Text {
  private Text() {}

  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Strings of one code point each. */
  static List<Object> characters(String text) {
    List<Object> characters = new ArrayList<>();
    text.codePoints().forEach(c -> characters.add(Character.toString(c)));
    return characters;
  }

  /** What {@code str.isspace} says of a character. */
  public static boolean isSpace(int c) {
    return c >= 0x09 && c <= 0x0d
        || c >= 0x1c && c <= 0x20
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || c >= 0x2000 && c <= 0x200a
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }

  /** What a regular expression of Python's has as {@code \w}. */
  public static boolean isWord(int c) {
    return c == '_' || isAlphanumeric(c);
  }

  public static boolean isAlphanumeric(int c) {
    int type = Character.getType(c);
    return Character.isLetter(c)
        || type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  public static String strip(String text) {
    return stripStart(stripEnd(text, Text::isSpace), Text::isSpace);
  }

  public static String stripStart(String text, IntPredicate strips) {
    int start = 0;
    while (start < text.length() && strips.test(text.codePointAt(start))) {
      start = text.offsetByCodePoints(start, 1);
    }
    return text.substring(start);
  }

  public static String stripEnd(String text, IntPredicate strips) {
    int end = text.length();
    while (end > 0 && strips.test(text.codePointBefore(end))) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end);
  }

  /** The order of code points, which is not that of Java's characters. */
  public static int compare(String left, String right) {
    int i = 0;
    int shorter = Math.min(left.length(), right.length());
    while (i < shorter && left.charAt(i) == right.charAt(i)) {
      i++;
    }
    if (i == shorter) {
      return Integer.compare(left.length(), right.length());
    }
    boolean half = i > 0 && Character.isHighSurrogate(left.charAt(i - 1));
    int at = half ? i - 1 : i;
    return Integer.compare(left.codePointAt(at), right.codePointAt(at));
  }

  /** The string so many times. */
  public static String times(Work work, String text, long count) {
    long repeats = Math.max(0, count);
    work.builds(
        text.isEmpty() ? 0 : Math.multiplyExact(text.length(), Math.min(repeats, 1L << 31)));
    return text.isEmpty() ? "" : text.repeat((int) repeats);
  }

  /** Joins strings. */
  public static String join(Work work, String separator, List<String> parts) {
    long length = (long) separator.length() * Math.max(0, parts.size() - 1);
    for (String part : parts) {
      length += part.length();
    }
    work.builds(length);
    return String.join(separator, parts);
  }

  /** Lines without their ends, as {@code str.splitlines} cuts them. */
  public static List<String> lines(String text) {
    return lines(text, false);
  }

  public static List<String> lines(String text, boolean keepEnds) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = start;
      while (end < text.length() && !endsLine(text.charAt(end))) {
        end++;
      }
      int next = Math.min(text.length(), text.startsWith("\r\n", end) ? end + 2 : end + 1);
      lines.add(text.substring(start, keepEnds ? next : end));
      start = next;
    }
    return lines;
  }

  private static boolean endsLine(char c) {
    return c >= '\n' && c <= '\r'
        || c >= 0x1c && c <= 0x1e
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }
}
