package io.superneurons.jobs.cli;

/**
 * Text of others, such as names of tasks and files, made safe for a terminal and a log: what would
 * end a line, move the cursor, change colours or turn the direction of writing is shown as an
 * escape.
 */
public final class SafeText {
  private SafeText() {}

  /** The text on one line. */
  public static String of(Object text) {
    return escaped(String.valueOf(text), "");
  }

  /** The text with its ends of lines and tabs. */
  static String ofLines(String text) {
    return escaped(text, "\n\r\t");
  }

  private static String escaped(String text, String kept) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escape = isUnsafe(text, i) && kept.indexOf(c) < 0;
      if (escape && safe == null) {
        safe = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (escape) {
        safe.append(escape(c));
      } else if (safe != null) {
        safe.append(c);
      }
    }
    return safe == null ? text : safe.toString();
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> {
        String hex = Integer.toHexString(c);
        yield "\\u" + "0".repeat(4 - hex.length()) + hex;
      }
    };
  }

  private static boolean isUnsafe(String text, int i) {
    char c = text.charAt(i);
    boolean turnsDirection =
        c == '\u061c'
            || c == '\u200e'
            || c == '\u200f'
            || (c >= '\u202a' && c <= '\u202e')
            || (c >= '\u2066' && c <= '\u2069');
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || turnsDirection
        || isHalf(text, i);
  }

  /** Half of a surrogate pair without the other. */
  private static boolean isHalf(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
