package io.superneurons.text.python.operators;

import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonMarkup;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/** From values to numbers. */
public final class Conversion {
  private Conversion() {}

  /**
   * What Jinja2's filter {@code int} gives; empty where it takes its default.
   *
   * @throws PythonException if it raises an error
   */
  public static Optional<BigInteger> toInteger(Work work, Object value, int base) {
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    } else if (value instanceof PythonMarkup) {
      throw PythonMarkup.unsupported();
    } else if (value instanceof String text) {
      return Numerals.integer(work, text, base)
          .or(
              () ->
                  Numerals.decimal(work, text)
                      .filter(n -> !n.isInfinite())
                      .flatMap(Conversion::whole));
    } else if (value instanceof Double number) {
      return whole(number);
    }
    return Types.isNumber(value) ? Optional.of(Types.integer(value)) : Optional.empty();
  }

  private static Optional<BigInteger> whole(double number) {
    return Double.isNaN(number) ? Optional.empty() : Optional.of(truncated(number));
  }

  static BigInteger truncated(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new PythonException("cannot convert float infinity or NaN to integer");
    }
    return new BigDecimal(number).toBigInteger();
  }

  /**
   * What Jinja2's filter {@code float} gives; empty where it takes its default.
   *
   * @throws PythonException if it raises an error
   */
  public static Optional<Double> toFloat(Work work, Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    } else if (value instanceof PythonMarkup) {
      throw PythonMarkup.unsupported();
    } else if (value instanceof String text) {
      return Numerals.decimal(work, text);
    } else if (value instanceof Double number) {
      return Optional.of(number);
    }
    return Types.isNumber(value) ? Optional.of(Floats.of(Types.integer(value))) : Optional.empty();
  }

  /** What {@code round(value, digits)} gives: an integer of an integer. */
  public static Object round(Object value, int digits) {
    if (value instanceof Double number) {
      return Floats.round(number, digits);
    } else if (!Types.isNumber(value)) {
      throw new PythonException("type " + Types.name(value) + " has no rounding");
    }
    BigInteger number = Types.integer(value);
    if (digits < -Numerals.MOST_DIGITS) {
      return BigInteger.ZERO;
    }
    return digits >= 0
        ? number
        : new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toBigInteger();
  }

  /** The next integer above or below a number. */
  public static BigInteger toward(Object value, RoundingMode mode) {
    if (!Types.isNumber(value)) {
      throw new PythonException("must be real number, not " + Types.name(value));
    } else if (value instanceof Double number) {
      truncated(number);
      return new BigDecimal(number).setScale(0, mode).toBigInteger();
    }
    return Types.integer(value);
  }
}
