package io.superneurons.neuron.statistics;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * A sum of numbers without any rounding, so that it is the same in whatever order the numbers come,
 * and however the sums of parts are put together. It is kept as numbers that do not overlap
 * (Shewchuk, "Adaptive Precision Floating-Point Arithmetic", 1997; what Python's {@code math.fsum}
 * does). Sums and numbers must stay within the range of a double.
 */
public final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1;

  /** By ascending magnitude; the first {@link #size} of them make up the sum. */
  private double[] parts = new double[4];

  private int size;

  /**
   * Adds a number.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  public void add(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("Cannot sum " + number);
    }
    double rest = number;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      double sum = rest + parts[i];
      double error = error(rest, parts[i], sum);
      if (error != 0) {
        parts[kept++] = error;
      }
      rest = sum;
    }
    if (kept == parts.length) {
      parts = Arrays.copyOf(parts, 2 * kept);
    }
    parts[kept] = rest;
    size = kept + 1;
  }

  /** What rounding took from a sum of two numbers. */
  private static double error(double a, double b, double sum) {
    double larger = Math.abs(a) < Math.abs(b) ? b : a;
    double smaller = Math.abs(a) < Math.abs(b) ? a : b;
    return smaller - (sum - larger);
  }

  /** Adds the square of a number, which two doubles hold exactly. */
  public void addSquare(double number) {
    double square = number * number;
    add(square);
    add(Math.fma(number, number, -square));
  }

  /** Adds another sum. */
  public void add(ExactSum other) {
    for (int i = 0; i < other.size; i++) {
      add(other.parts[i]);
    }
  }

  /** The sum, exactly. */
  public BigDecimal value() {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < size; i++) {
      sum = sum.add(new BigDecimal(parts[i]));
    }
    return sum;
  }

  /** Numbers that add up to this sum exactly; {@link #of} makes the sum of them again. */
  public List<Double> parts() {
    return Arrays.stream(parts, 0, size).boxed().toList();
  }

  /** The sum of the numbers. */
  public static ExactSum of(List<Double> numbers) {
    ExactSum sum = new ExactSum();
    numbers.forEach(sum::add);
    return sum;
  }
}
