package io.superneurons.text.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Elements by number, from the start or from the end, and parts of sequences. */
public final class Slices {
  private Slices() {}

  /**
   * The part {@code value[start:stop:step]}; bounds that are None are left out.
   *
   * @throws PythonException if the value has no parts or a bound is no integer
   */
  public static Object slice(Work work, Object value, Object start, Object stop, Object step) {
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    }
    if (value instanceof String text) {
      work.steps(text.length());
      int[] points = text.codePoints().toArray();
      int[] indices = indices(work, points.length, start, stop, step);
      StringBuilder part = new StringBuilder();
      for (int index : indices) {
        part.appendCodePoint(points[index]);
      }
      return part.toString();
    }
    if (value instanceof PythonSequence sequence) {
      int[] indices = indices(work, sequence.items().size(), start, stop, step);
      List<Object> part = new ArrayList<>(indices.length);
      for (int index : indices) {
        part.add(sequence.items().get(index));
      }
      return sequence.with(part);
    }
    if (value instanceof PythonRange) {
      throw new PythonException("parts of a range are not supported; make it a list first");
    }
    throw new PythonException("'" + Types.name(value) + "' object has no parts [a:b]");
  }

  private static int[] indices(Work work, int length, Object start, Object stop, Object step) {
    BigInteger by = step == null ? BigInteger.ONE : Types.requireInteger(step);
    if (by.signum() == 0) {
      throw new PythonException("slice step cannot be zero");
    }
    boolean up = by.signum() > 0;
    int from = bound(length, start, up, up ? 0 : length - 1);
    int to = bound(length, stop, up, up ? length : -1);
    int stride = by.bitLength() < 31 ? by.intValue() : by.signum() * Integer.MAX_VALUE;
    long distance = up ? (long) to - from : (long) from - to;
    int count = distance <= 0 ? 0 : (int) ((distance - 1) / Math.abs((long) stride) + 1);
    work.builds(count);
    int[] indices = new int[count];
    for (int i = 0; i < count; i++) {
      indices[i] = (int) (from + (long) i * stride);
    }
    return indices;
  }

  private static int bound(int length, Object given, boolean up, int otherwise) {
    if (given == null) {
      return otherwise;
    }
    BigInteger size = BigInteger.valueOf(length);
    BigInteger wanted = Types.requireInteger(given);
    BigInteger index = wanted.signum() < 0 ? wanted.add(size) : wanted;
    BigInteger least = up ? BigInteger.ZERO : BigInteger.ONE.negate();
    BigInteger most = up ? size : size.subtract(BigInteger.ONE);
    return index.max(least).min(most).intValueExact();
  }

  /** The element of a sequence or string with a number; empty if there is none. */
  public static Optional<Element> element(Work work, Object value, BigInteger number) {
    List<Object> items = items(work, value);
    BigInteger size = BigInteger.valueOf(items.size());
    BigInteger index = number.signum() < 0 ? number.add(size) : number;
    return index.signum() < 0 || index.compareTo(size) >= 0
        ? Optional.empty()
        : Optional.of(new Element(items.get(index.intValueExact())));
  }

  private static List<Object> items(Work work, Object value) {
    if (value instanceof String text) {
      work.steps(text.length());
      return Text.characters(text);
    } else if (value instanceof PythonSequence sequence) {
      return sequence.items();
    }
    return value instanceof PythonRange range ? range.items() : List.of();
  }

  /** A found value, which may be None. */
  public record Element(Object value) {}
}
