package io.superneurons.text.jinja;

import io.superneurons.text.jinja.Token.Kind;
import io.superneurons.text.python.operators.Numerals;
import java.math.BigInteger;

/** Numbers and strings in templates. */
final class Literals {
  private static final String PLAIN_ESCAPES = "\\'\"abfnrtv";
  private static final String PLAIN_VALUES = "\\'\"\u0007\b\f\n\r\t\u000b";

  /**
   * A literal.
   *
   * @param end where the source goes on
   */
  record Found(Token token, int end) {}

  private Literals() {}

  /** The number that begins with the digit there. */
  static Found number(String source, int start, int line) {
    int end = floatEnd(source, start);
    if (end > 0) {
      double value = Double.parseDouble(source.substring(start, end).replace("_", ""));
      if (Double.isInfinite(value)) {
        throw new JinjaException(line, "a float that is too large");
      }
      return new Found(new Token(Kind.FLOAT, value, line), end);
    }
    int radix = radix(source, start);
    int first = radix == 10 ? start : start + 2;
    int last = digitsEnd(source, first, radix, source.charAt(start) == '0' && radix == 10);
    String digits = source.substring(first, last).replace("_", "");
    if (digits.length() > Numerals.MOST_DIGITS) {
      throw new JinjaException(line, "an integer of more than " + Numerals.MOST_DIGITS + " digits");
    }
    return new Found(new Token(Kind.INTEGER, new BigInteger(digits, radix), line), last);
  }

  private static int radix(String source, int start) {
    if (source.charAt(start) != '0') {
      return 10;
    }
    int radix =
        switch (at(source, start + 1)) {
          case 'x', 'X' -> 16;
          case 'o', 'O' -> 8;
          case 'b', 'B' -> 2;
          default -> 10;
        };
    return radix != 10 && digitsEnd(source, start + 2, radix, false) > start + 2 ? radix : 10;
  }

  private static char at(String source, int index) {
    return index < source.length() ? source.charAt(index) : 0;
  }

  /** The end of digits with single underscores before or between them. */
  private static int digitsEnd(String source, int start, int radix, boolean onlyZeros) {
    int end = start;
    while (true) {
      int digit = at(source, end) == '_' && (end > start || radix != 10) ? end + 1 : end;
      char c = at(source, digit);
      boolean fits = onlyZeros ? c == '0' : c < 128 && Character.digit(c, radix) >= 0;
      if (!fits) {
        return end;
      }
      end = digit + 1;
    }
  }

  /** The end of a float; -1 if it is none. */
  private static int floatEnd(String source, int start) {
    if (start > 0 && source.charAt(start - 1) == '.') {
      return -1;
    }
    int whole = digitsEnd(source, start, 10, false);
    int fraction = at(source, whole) == '.' ? digitsEnd(source, whole + 1, 10, false) : whole + 1;
    int mantissa = fraction > whole + 1 ? fraction : whole;
    if (at(source, mantissa) == 'e' || at(source, mantissa) == 'E') {
      boolean signed = at(source, mantissa + 1) == '-' || at(source, mantissa + 1) == '+';
      int exponent = mantissa + (signed ? 2 : 1);
      int end = digitsEnd(source, exponent, 10, false);
      if (end > exponent) {
        return end;
      }
    }
    return mantissa > whole ? mantissa : -1;
  }

  /** The string that begins with the quote there. */
  static Found string(String source, int start, int line) {
    char quote = source.charAt(start);
    int end = start + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw new JinjaException(line, "a string is not closed");
    }
    String value = unescaped(source.substring(start + 1, end), line);
    return new Found(new Token(Kind.STRING, value, line), end + 1);
  }

  private static String unescaped(String text, int line) {
    StringBuilder result = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\') {
        i = escape(text, i, line, result);
      } else {
        result.append(c);
        i++;
      }
    }
    return result.toString();
  }

  /** Appends what an escape stands for, and returns where the text goes on. */
  private static int escape(String text, int at, int line, StringBuilder result) {
    char kind = text.charAt(at + 1);
    int plain = PLAIN_ESCAPES.indexOf(kind);
    if (plain >= 0) {
      result.append(PLAIN_VALUES.charAt(plain));
      return at + 2;
    } else if (kind == '\n') {
      return at + 2;
    } else if (kind == 'x' || kind == 'u' || kind == 'U') {
      int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
      return code(text, at + 2, at + 2 + digits, 16, line, result);
    } else if (kind >= '0' && kind <= '7') {
      int end = at + 1;
      while (end < text.length() && end < at + 4 && "01234567".indexOf(text.charAt(end)) >= 0) {
        end++;
      }
      return code(text, at + 1, end, 8, line, result);
    } else if (kind == 'N') {
      throw new JinjaException(line, "\\N in a string is not supported");
    } else if (kind > 127) {
      // Jinja2 escapes it first, and then takes the two backslashes for one
      return twiceEscaped(text, at + 1, result);
    }
    result.append('\\');
    return at + 1;
  }

  private static int code(
      String text, int start, int end, int radix, int line, StringBuilder result) {
    boolean complete = end <= text.length();
    for (int i = start; complete && i < end; i++) {
      complete = text.charAt(i) < 128 && Character.digit(text.charAt(i), radix) >= 0;
    }
    long value = complete ? Long.parseLong(text.substring(start, end), radix) : -1;
    boolean half = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    if (value < 0 || value > Character.MAX_CODE_POINT || half) {
      throw new JinjaException(line, "an escape in a string is no character");
    }
    result.appendCodePoint((int) value);
    return end;
  }

  private static int twiceEscaped(String text, int at, StringBuilder result) {
    int c = text.codePointAt(at);
    String digits = Integer.toHexString(c);
    String prefix = c < 0x100 ? "x" : c < 0x10000 ? "u" : "U";
    int width = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    result.append('\\').append(prefix).append("0".repeat(width - digits.length())).append(digits);
    return at + Character.charCount(c);
  }
}
