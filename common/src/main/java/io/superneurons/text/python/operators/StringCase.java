package io.superneurons.text.python.operators;

import io.superneurons.text.python.PythonException;
import java.util.Locale;

/** Capital and small letters as Python's {@code str} changes and tells them. */
public final class StringCase {
  private StringCase() {}

  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  public static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.codePointAt(0);
    // lowered whole, since the end of a word has a sigma of its own
    int firstLowered = lower(Character.toString(first)).length();
    return titled(first) + lower(text).substring(firstLowered);
  }

  /** {@code str.title}, where a word is a run of letters that have case. */
  static String title(String text) {
    StringBuilder result = new StringBuilder();
    boolean within = false;
    for (int c : text.codePoints().toArray()) {
      if (c == 'Σ') {
        throw new PythonException("str.title() of a capital sigma is not supported");
      }
      result.append(within ? lower(Character.toString(c)) : titled(c));
      within = isCased(c);
    }
    return result.toString();
  }

  private static String titled(int c) {
    String upper = upper(Character.toString(c));
    if (upper.codePointCount(0, upper.length()) == 1) {
      return Character.toString(Character.toTitleCase(c));
    } else if (c == 'ß' || c >= 0xfb00 && c <= 0xfb06) {
      return upper.charAt(0) + lower(upper.substring(1));
    }
    throw new PythonException("the title case of '" + Character.toString(c) + "' is not supported");
  }

  static String swapped(String text) {
    StringBuilder result = new StringBuilder();
    for (int c : text.codePoints().toArray()) {
      String one = Character.toString(c);
      if (c == 'Σ') {
        throw new PythonException("str.swapcase() of a capital sigma is not supported");
      }
      result.append(
          Character.isUpperCase(c) ? lower(one) : Character.isLowerCase(c) ? upper(one) : one);
    }
    return result.toString();
  }

  private static boolean isCased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  /** Whether all letters that have case are small, and there is one. */
  public static boolean isLower(String text) {
    return text.codePoints().anyMatch(Character::isLowerCase)
        && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
  }

  /** Whether all letters that have case are capitals, and there is one. */
  public static boolean isUpper(String text) {
    return text.codePoints().anyMatch(Character::isUpperCase)
        && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
  }
}
