package io.superneurons.text.python.operators;

import io.superneurons.text.python.PythonException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floats from and to text and integers, rounded as CPython does. */
final class Floats {
  private static final int MOST_DIGITS = 17;

  private Floats() {}

  /** What {@code repr} gives: the fewest digits that give the number back. */
  static String repr(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    } else if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    } else if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(number).stripTrailingZeros();
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    String sign = number < 0 ? "-" : "";
    return sign + (exponent < -4 || exponent > 15 ? scientific(digits, exponent) : plain(shortest));
  }

  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      for (RoundingMode mode :
          new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP}) {
        BigDecimal rounded = exact.round(new MathContext(digits, mode));
        if (rounded.doubleValue() == number) {
          return rounded;
        }
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
  }

  private static String plain(BigDecimal number) {
    String text = number.abs().toPlainString();
    return text.contains(".") ? text : text + ".0";
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return mantissa + "e" + (exponent < 0 ? "-" : "+") + size;
  }

  /**
   * The nearest float.
   *
   * @throws PythonException if there is none so large
   */
  static double of(BigInteger number) {
    return finite(number.doubleValue(), "int too large to convert to float");
  }

  /** The nearest float to a quotient. */
  static double divide(BigInteger left, BigInteger right) {
    if (right.signum() == 0) {
      throw new PythonException("division by zero");
    }
    // far more digits than two integers that are not equal can be close to a half of
    int digits = 40 + left.bitLength() + right.bitLength();
    BigDecimal quotient =
        new BigDecimal(left).divide(new BigDecimal(right), new MathContext(digits));
    return finite(quotient.doubleValue(), "integer division result too large for a float");
  }

  static double finite(double number, String otherwise) {
    if (Double.isInfinite(number)) {
      throw new PythonException(otherwise);
    }
    return number;
  }

  /** What {@code round(number, digits)} gives. */
  static double round(double number, int digits) {
    boolean asItIs = Double.isNaN(number) || Double.isInfinite(number) || number == 0;
    if (asItIs || digits > 330) {
      return number;
    } else if (digits < -330) {
      return Math.copySign(0.0, number);
    }
    double rounded = new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
    return Math.copySign(finite(rounded, "rounded value too large to represent"), number);
  }
}
