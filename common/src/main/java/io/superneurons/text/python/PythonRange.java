package io.superneurons.text.python;

import java.math.BigInteger;
import java.util.AbstractList;
import java.util.List;

/**
 * A range.
 *
 * @param start its first number
 * @param stop where it ends, exclusive
 * @param step from one to the next; not 0
 */
public record PythonRange(BigInteger start, BigInteger stop, BigInteger step) {
  /** The sandbox of Jinja2 makes no longer ones. */
  private static final int MOST = 100_000;

  /**
   * What {@code range} gives.
   *
   * @throws PythonException if it has too many numbers, or the arguments are no integers
   */
  public static PythonRange of(Arguments arguments) {
    List<Object> given = arguments.positionalOnly("range", 1, 3);
    BigInteger first = Types.requireInteger(given.get(0));
    BigInteger step = given.size() > 2 ? Types.requireInteger(given.get(2)) : BigInteger.ONE;
    if (step.signum() == 0) {
      throw new PythonException("range() arg 3 must not be zero");
    }
    PythonRange range =
        given.size() == 1
            ? new PythonRange(BigInteger.ZERO, first, step)
            : new PythonRange(first, Types.requireInteger(given.get(1)), step);
    if (range.length().compareTo(BigInteger.valueOf(MOST)) > 0) {
      throw new PythonException("a range of more than " + MOST + " numbers");
    }
    return range;
  }

  private BigInteger length() {
    BigInteger distance = step.signum() > 0 ? stop.subtract(start) : start.subtract(stop);
    return distance.signum() <= 0
        ? BigInteger.ZERO
        : distance.subtract(BigInteger.ONE).divide(step.abs()).add(BigInteger.ONE);
  }

  public List<Object> items() {
    int size = length().intValueExact();
    return new AbstractList<>() {
      @Override
      public Object get(int index) {
        return start.add(step.multiply(BigInteger.valueOf(index)));
      }

      @Override
      public int size() {
        return size;
      }
    };
  }
}
