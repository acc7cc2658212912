package io.superneurons.text.python.operators;

import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.Text;
import io.superneurons.text.python.Work;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers that are written in strings. */
public final class Numerals {
  /** Python refuses to read and to print more. */
  public static final int MOST_DIGITS = 4300;

  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)(e[+-]?\\d++)?");
  private static final Pattern INFINITE = Pattern.compile("([+-]?)inf(inity)?");
  private static final Pattern NAN = Pattern.compile("[+-]?nan");
  private static final Pattern LOOSE_UNDERSCORE = Pattern.compile("^_|_$|__|_[^\\d]|[^\\d]_");

  private Numerals() {}

  /** What {@code int(text, base)} gives; empty where it raises an error. */
  static Optional<BigInteger> integer(Work work, String text, int base) {
    work.steps(text.length());
    if (base != 0 && (base < 2 || base > 36)) {
      return Optional.empty();
    }
    String plain = plainDigits(Text.strip(text)).toLowerCase(Locale.ROOT);
    boolean negative = plain.startsWith("-");
    String unsigned = negative || plain.startsWith("+") ? plain.substring(1) : plain;
    int prefixBase =
        unsigned.startsWith("0x")
            ? 16
            : unsigned.startsWith("0o") ? 8 : unsigned.startsWith("0b") ? 2 : 0;
    boolean prefixed = prefixBase != 0 && (base == 0 || base == prefixBase);
    int radix = prefixed ? prefixBase : base == 0 ? 10 : base;
    String digits = prefixed ? unsigned.substring(2).replaceFirst("^_", "") : unsigned;
    if (digits.isEmpty() || !areDigits(digits, radix)) {
      return Optional.empty();
    }
    String joined = digits.replace("_", "");
    if (base == 0 && !prefixed && joined.startsWith("0") && !joined.matches("0+")) {
      return Optional.empty();
    }
    if (joined.length() > MOST_DIGITS) {
      throw new PythonException("an integer of more than " + MOST_DIGITS + " digits");
    }
    BigInteger size = new BigInteger(joined, radix);
    return Optional.of(negative ? size.negate() : size);
  }

  private static boolean areDigits(String digits, int radix) {
    boolean before = false;
    for (char c : digits.toCharArray()) {
      if (c == '_' ? !before : c > 127 || Character.digit(c, radix) < 0) {
        return false;
      }
      before = c != '_';
    }
    return before;
  }

  /** What {@code float(text)} gives; empty where it raises an error. */
  static Optional<Double> decimal(Work work, String text) {
    work.steps(text.length());
    String plain = plainDigits(Text.strip(text)).toLowerCase(Locale.ROOT);
    Matcher infinite = INFINITE.matcher(plain);
    if (infinite.matches()) {
      return Optional.of(
          infinite.group(1).equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    } else if (NAN.matcher(plain).matches()) {
      return Optional.of(Double.NaN);
    } else if (LOOSE_UNDERSCORE.matcher(plain).find()) {
      return Optional.empty();
    }
    String joined = plain.replace("_", "");
    return FLOAT.matcher(joined).matches()
        ? Optional.of(Double.parseDouble(joined))
        : Optional.empty();
  }

  /** Decimal digits of any script as those of ASCII. */
  private static String plainDigits(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> plain.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
    return plain.toString();
  }
}
