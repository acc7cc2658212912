package io.superneurons.text.python;

import java.math.BigDecimal;
import java.util.List;

/** Turns a value into one whose {@code equals} and {@code hashCode} are as Python's. */
public final class HashKey {

  /** Kinds that must not be equal to a number or a string. */
  private enum Lone {
    NONE,
    UNDEFINED
  }

  private record Elements(List<Object> keys) {}

  private HashKey() {}

  /**
   * The key.
   *
   * @throws PythonException if Python cannot hash the value, or not by its value alone
   */
  public static Object of(Object value) {
    return of(value, 0);
  }

  private static Object of(Object value, int depth) {
    if (depth > Work.MOST_DEPTH) {
      throw new PythonException("a tuple is nested too deeply");
    }
    if (value == null) {
      return Lone.NONE;
    } else if (value instanceof Undefined) {
      return Lone.UNDEFINED;
    } else if (value instanceof PythonMarkup markup) {
      return markup.text();
    } else if (value instanceof Boolean || Types.isInteger(value)) {
      return Types.integer(value);
    } else if (value instanceof Double number) {
      return ofFloat(number);
    } else if (value instanceof PythonTuple tuple) {
      return new Elements(tuple.items().stream().map(item -> of(item, depth + 1)).toList());
    } else if (value instanceof PythonList
        || value instanceof PythonDict
        || value instanceof PythonRange
        || value instanceof DictView) {
      throw new PythonException("unhashable type: '" + Types.name(value) + "'");
    }
    return value;
  }

  private static Object ofFloat(double number) {
    if (Double.isNaN(number)) {
      throw new PythonException("NaN as a key is not supported");
    }
    boolean whole = !Double.isInfinite(number) && number == Math.rint(number);
    return whole ? new BigDecimal(number).toBigInteger() : (Object) number;
  }
}
