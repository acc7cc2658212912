package io.superneurons.text;

import java.util.regex.Pattern;

/**
 * Rewrites what stands in a tag where Jinjava reads it otherwise than Jinja2: escapes in strings,
 * closing braces of nested dicts (Jinjava takes {@code }}} for the tag's end) and the slice that
 * reverses.
 */
final class JinjaExpression {
  private static final Pattern REVERSED = Pattern.compile("\\[\\s*:\\s*:\\s*-\\s*1\\s*]");

  private JinjaExpression() {}

  static String translate(String body) {
    StringBuilder result = new StringBuilder();
    int position = 0;
    while (position < body.length()) {
      int quote = position;
      while (quote < body.length() && "'\"".indexOf(body.charAt(quote)) < 0) {
        quote++;
      }
      String code = body.substring(position, quote);
      result.append(REVERSED.matcher(code).replaceAll("|reverse").replace("}", "} "));
      position = quote;
      if (quote < body.length()) {
        position = Math.min(body.length(), stringEnd(body, quote) + 1);
        string(body.substring(quote, position), result);
      }
    }
    return result.toString();
  }

  /** Where the string that begins there has its closing quote; past the end if it has none. */
  static int stringEnd(String text, int start) {
    int i = start + 1;
    while (i < text.length() && text.charAt(i) != text.charAt(start)) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  /** Copies a string with its quotes, and writes out the escapes that Jinjava does not know. */
  private static void string(String literal, StringBuilder result) {
    int i = 0;
    while (i < literal.length()) {
      char c = literal.charAt(i);
      char escape = c == '\\' && i + 1 < literal.length() ? literal.charAt(i + 1) : 0;
      int digits = escape == 'u' ? 4 : escape == 'x' ? 2 : 0;
      String code = literal.substring(Math.min(i + 2, literal.length()));
      if (digits > 0 && code.matches("(?s)[0-9a-fA-F]{" + digits + "}.*")) {
        quoted((char) Integer.parseInt(code.substring(0, digits), 16), result);
        i += 2 + digits;
      } else if (escape != 0) {
        // Python keeps the backslash of an escape that it does not know
        result.append("\\'\"ntbfr".indexOf(escape) < 0 ? "\\\\" : "\\").append(escape);
        i += 2;
      } else {
        result.append(c);
        i++;
      }
    }
  }

  private static void quoted(char c, StringBuilder result) {
    if ("'\"\\".indexOf(c) >= 0) {
      result.append('\\');
    }
    result.append(c);
  }
}
