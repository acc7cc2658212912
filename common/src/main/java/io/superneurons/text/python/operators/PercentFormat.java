package io.superneurons.text.python.operators;

import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonList;
import io.superneurons.text.python.PythonTuple;
import io.superneurons.text.python.Text;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code format % values}. */
final class PercentFormat {
  private static final Pattern FIELD =
      Pattern.compile(
          "%(?:\\(([^()]*+)\\))?([-+ #0]*+)(\\*|\\d++)?(?:\\.(\\*|\\d*+))?[hlL]?(.)?",
          Pattern.DOTALL);
  private static final int MOST_PRECISION = 300;

  private final Work work;
  private final Object given;
  private final List<Object> values;
  private final StringBuilder result = new StringBuilder();
  private int used;

  private PercentFormat(Work work, Object given) {
    this.work = work;
    this.given = given;
    values = given instanceof PythonTuple tuple ? tuple.items() : Collections.singletonList(given);
  }

  /**
   * The text.
   *
   * @throws PythonException if format and values do not fit, or a conversion is not supported
   */
  static String format(Work work, String format, Object values) {
    return new PercentFormat(work, values).format(format);
  }

  private String format(String format) {
    Matcher field = FIELD.matcher(format);
    int position = 0;
    while (field.find(position)) {
      write(format.substring(position, field.start()));
      field(field);
      position = field.end();
    }
    write(format.substring(position));
    boolean named =
        given instanceof PythonDict || given instanceof PythonList || given instanceof Undefined;
    if (used < values.size() && !named) {
      throw new PythonException("not all arguments converted during string formatting");
    }
    return result.toString();
  }

  private void write(String text) {
    work.builds(text.length());
    result.append(text);
    if (result.length() > Work.MOST_LENGTH) {
      work.builds(result.length());
    }
  }

  private void field(Matcher field) {
    if (field.group(5) == null) {
      throw new PythonException("incomplete format");
    } else if (field.group(5).equals("%")) {
      if (field.end() - field.start() > 2) {
        throw new PythonException("the format " + field.group() + " is not supported");
      }
      write("%");
      return;
    }
    boolean left = field.group(2).contains("-");
    int width = number(field.group(3), 0);
    int precision = number(field.group(4), field.group(4) == null ? -1 : 0);
    Object value = field.group(1) == null ? next() : named(field.group(1));
    String text = converted(field, value, precision);
    boolean zeros =
        field.group(2).contains("0")
            && !left
            && Types.isNumber(value)
            && !"sr".contains(field.group(5));
    write(padded(text, width, left || width < 0, zeros));
  }

  private int number(String text, int otherwise) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    BigInteger number = text.equals("*") ? requireInteger(next()) : new BigInteger(text);
    if (number.bitLength() > 30) {
      throw new PythonException("a width or precision that is too large");
    }
    return number.intValue();
  }

  private static BigInteger requireInteger(Object value) {
    if (!(value instanceof BigInteger number)) {
      throw new PythonException("* wants int");
    }
    return number;
  }

  private Object next() {
    if (used == values.size()) {
      throw new PythonException("not enough arguments for format string");
    }
    return values.get(used++);
  }

  private Object named(String key) {
    if (!(given instanceof PythonDict dict)) {
      throw new PythonException("format requires a mapping");
    } else if (!dict.has(key)) {
      throw new PythonException("the format has no value for '" + key + "'");
    }
    return dict.get(key);
  }

  private String converted(Matcher field, Object value, int precision) {
    return switch (field.group(5)) {
      case "s" -> cut(Repr.str(work, value), precision);
      case "r" -> cut(Repr.repr(work, value), precision);
      case "d", "i", "u" -> withSign(field, digits(field, value, precision));
      case "f", "F" -> withSign(field, fixed(field, value, precision < 0 ? 6 : precision));
      default -> throw new PythonException("the format " + field.group() + " is not supported");
    };
  }

  private static String cut(String text, int precision) {
    return precision < 0 || precision >= Text.length(text)
        ? text
        : text.substring(0, text.offsetByCodePoints(0, precision));
  }

  private static String digits(Matcher field, Object value, int precision) {
    if (precision >= 0) {
      throw new PythonException("the format " + field.group() + " is not supported");
    } else if (!Types.isNumber(value)) {
      throw new PythonException(
          field.group() + " format: a real number is required, not " + Types.name(value));
    }
    return Repr.decimal(
        value instanceof Double number ? Conversion.truncated(number) : Types.integer(value));
  }

  private static String fixed(Matcher field, Object value, int precision) {
    if (!Types.isNumber(value)) {
      throw new PythonException("must be real number, not " + Types.name(value));
    }
    double number = value instanceof Double real ? real : Floats.of(Types.integer(value));
    if (precision > MOST_PRECISION
        || Double.isNaN(number)
        || Double.isInfinite(number)
        || field.group(2).contains("#")) {
      throw new PythonException("the format " + field.group() + " is not supported here");
    }
    String text =
        new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).abs().toPlainString();
    return number < 0 || 1 / number < 0 ? "-" + text : text;
  }

  private static String withSign(Matcher field, String number) {
    if (number.startsWith("-")) {
      return number;
    }
    return (field.group(2).contains("+") ? "+" : field.group(2).contains(" ") ? " " : "") + number;
  }

  private String padded(String text, int width, boolean left, boolean zeros) {
    int missing = Math.max(0, Math.abs(width) - Text.length(text));
    work.builds(missing);
    if (left) {
      return text + " ".repeat(missing);
    } else if (!zeros) {
      return " ".repeat(missing) + text;
    }
    int sign = !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
    return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
  }
}
