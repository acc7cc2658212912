package io.superneurons.text.python.operators;

import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonList;
import io.superneurons.text.python.PythonSequence;
import io.superneurons.text.python.PythonTuple;
import io.superneurons.text.python.Text;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The operators of numbers, strings and sequences. */
public final class Arithmetic {
  private static final int MOST_BITS = 1 << 14;

  /** The operators between two values. */
  public enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    FLOOR_DIVIDE("//"),
    REMAINDER("%"),
    POWER("**");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  private Arithmetic() {}

  /**
   * The result of an operator.
   *
   * @throws PythonException if it does not fit the values, the result is too large, or it is not
   *     certain to be Python's to the last bit
   */
  public static Object apply(Work work, Operator operator, Object left, Object right) {
    if (Types.isNumber(left) && Types.isNumber(right)) {
      return left instanceof Double || right instanceof Double
          ? floats(operator, asFloat(left), asFloat(right))
          : integers(work, operator, Types.integer(left), Types.integer(right));
    } else if (operator == Operator.REMAINDER && left instanceof String format) {
      return PercentFormat.format(work, format, right);
    } else if (left instanceof Undefined undefined) {
      throw undefined.error();
    } else if (right instanceof Undefined undefined) {
      throw undefined.error();
    } else if (operator == Operator.ADD && areAlike(left, right)) {
      return concatenated(work, left, right);
    } else if (operator == Operator.MULTIPLY && isRepeatable(left) && isCount(right)) {
      return repeated(work, left, Types.integer(right));
    } else if (operator == Operator.MULTIPLY && isRepeatable(right) && isCount(left)) {
      return repeated(work, right, Types.integer(left));
    }
    throw new PythonException(
        "unsupported operand type(s) for "
            + operator.sign
            + ": '"
            + Types.name(left)
            + "' and '"
            + Types.name(right)
            + "'");
  }

  private static boolean areAlike(Object left, Object right) {
    return left instanceof String && right instanceof String
        || left instanceof PythonList && right instanceof PythonList
        || left instanceof PythonTuple && right instanceof PythonTuple;
  }

  private static boolean isRepeatable(Object value) {
    return value instanceof String || value instanceof PythonSequence;
  }

  private static boolean isCount(Object value) {
    return value instanceof BigInteger || value instanceof Boolean;
  }

  private static Object concatenated(Work work, Object left, Object right) {
    if (left instanceof String a) {
      return Text.join(work, "", List.of(a, (String) right));
    }
    PythonSequence a = (PythonSequence) left;
    List<Object> others = ((PythonSequence) right).items();
    work.builds((long) a.items().size() + others.size());
    List<Object> all = new ArrayList<>(a.items());
    all.addAll(others);
    return a.with(all);
  }

  private static Object repeated(Work work, Object value, BigInteger count) {
    int times = count.max(BigInteger.ZERO).min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
    if (value instanceof String text) {
      return Text.times(work, text, times);
    }
    PythonSequence sequence = (PythonSequence) value;
    long size = (long) sequence.items().size() * times;
    work.builds(size);
    List<Object> all = new ArrayList<>((int) size);
    for (int i = 0; i < times && size > 0; i++) {
      all.addAll(sequence.items());
    }
    return sequence.with(all);
  }

  private static double asFloat(Object number) {
    return number instanceof Double value ? value : Floats.of(Types.integer(number));
  }

  private static Object integers(Work work, Operator operator, BigInteger left, BigInteger right) {
    work.steps(1 + (left.bitLength() + right.bitLength()) / 64);
    return switch (operator) {
      case ADD -> bounded(left.add(right));
      case SUBTRACT -> bounded(left.subtract(right));
      case MULTIPLY -> bounded(left.multiply(right));
      case DIVIDE -> Floats.divide(left, right);
      case FLOOR_DIVIDE -> floorDivide(left, right);
      case REMAINDER -> left.subtract(right.multiply(floorDivide(left, right)));
      case POWER -> power(left, right);
    };
  }

  private static BigInteger bounded(BigInteger number) {
    if (number.bitLength() > MOST_BITS) {
      throw new PythonException("it makes an integer of more than " + MOST_BITS + " bits");
    }
    return number;
  }

  private static BigInteger floorDivide(BigInteger left, BigInteger right) {
    if (right.signum() == 0) {
      throw new PythonException("integer division or modulo by zero");
    }
    BigInteger[] parts = left.divideAndRemainder(right);
    boolean down = parts[1].signum() != 0 && parts[1].signum() != right.signum();
    return down ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  private static Object power(BigInteger base, BigInteger exponent) {
    if (exponent.signum() < 0) {
      return floatPower(Floats.of(base), Floats.of(exponent));
    }
    boolean small = base.abs().compareTo(BigInteger.ONE) <= 0;
    if (small) {
      return base.signum() >= 0 && exponent.signum() > 0
          ? base
          : exponent.testBit(0) ? base : BigInteger.ONE;
    }
    BigInteger bits = exponent.multiply(BigInteger.valueOf(base.bitLength() - 1L));
    if (bits.compareTo(BigInteger.valueOf(MOST_BITS)) > 0) {
      throw new PythonException("it makes an integer of more than " + MOST_BITS + " bits");
    }
    return bounded(base.pow(exponent.intValueExact()));
  }

  private static double floats(Operator operator, double left, double right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> {
        requireDivisor(right);
        yield left / right;
      }
      case FLOOR_DIVIDE -> floorDivide(left, right);
      case REMAINDER -> remainder(left, right);
      case POWER -> floatPower(left, right);
    };
  }

  private static void requireDivisor(double divisor) {
    if (divisor == 0) {
      throw new PythonException("float division or modulo by zero");
    }
  }

  private static double remainder(double left, double right) {
    requireDivisor(right);
    double remainder = left % right;
    if (remainder == 0) {
      return Math.copySign(0.0, right);
    }
    return right < 0 != remainder < 0 ? remainder + right : remainder;
  }

  private static double floorDivide(double left, double right) {
    requireDivisor(right);
    double remainder = left % right;
    double quotient = (left - remainder) / right;
    if (remainder != 0 && right < 0 != remainder < 0) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0.0, left / right);
    }
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  /** Whole exponents, rounded once; C's libraries differ in the last bit of others. */
  private static double floatPower(double base, double exponent) {
    if (exponent == 0 || base == 1) {
      return 1;
    }
    boolean whole = exponent == Math.rint(exponent) && Math.abs(exponent) <= 1024;
    if (!whole || base == 0 || Double.isNaN(base) || Double.isInfinite(base)) {
      if (base == 0 && exponent < 0) {
        throw new PythonException("0.0 cannot be raised to a negative power");
      } else if (base == 0 && whole) {
        return Math.pow(base, exponent);
      }
      throw new PythonException("a float to the power of " + exponent + " is not supported");
    }
    BigDecimal power = new BigDecimal(base).pow((int) Math.abs(exponent), new MathContext(80));
    BigDecimal result = exponent > 0 ? power : BigDecimal.ONE.divide(power, new MathContext(60));
    return Floats.finite(result.doubleValue(), "the result of ** is too large");
  }

  /**
   * What the sign before a value gives.
   *
   * @param sign MULTIPLY by it: 1 or -1
   */
  public static Object signed(Object value, int sign) {
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    } else if (value instanceof Double number) {
      return sign < 0 ? -number : number;
    } else if (isCount(value)) {
      return Types.integer(value).multiply(BigInteger.valueOf(sign));
    }
    throw new PythonException("bad operand type for unary sign: '" + Types.name(value) + "'");
  }

  /** What {@code abs} gives. */
  public static Object absolute(Object value) {
    if (value instanceof Undefined || !Types.isNumber(value)) {
      throw new PythonException("bad operand type for abs(): '" + Types.name(value) + "'");
    }
    return value instanceof Double number ? Math.abs(number) : Types.integer(value).abs();
  }

  /** What {@code sum} gives. */
  public static Object sum(Work work, Object start, List<Object> values) {
    if (start instanceof String) {
      throw new PythonException("sum() can't sum strings");
    }
    Object sum = start;
    for (Object value : Collections.unmodifiableList(values)) {
      sum = apply(work, Operator.ADD, sum, value);
    }
    return sum;
  }
}
