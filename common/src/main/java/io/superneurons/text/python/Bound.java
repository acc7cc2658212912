package io.superneurons.text.python;

import java.math.BigInteger;
import java.util.Map;

/**
 * Arguments by the names of their parameters.
 *
 * @param function its name, for errors
 * @param values those that were given
 */
public record Bound(String function, Map<String, Object> values) {

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The argument; None if it was not given. */
  public Object get(String name) {
    return values.get(name);
  }

  public Object getOr(String name, Object otherwise) {
    return has(name) ? values.get(name) : otherwise;
  }

  /**
   * A string.
   *
   * @throws PythonException if it is something else
   */
  public String text(String name) {
    if (values.get(name) instanceof String text) {
      return text;
    }
    throw new PythonException(
        function
            + "() takes a string as '"
            + name
            + "', not '"
            + Types.name(values.get(name))
            + "'");
  }

  /** A string, or what stands for one that is None or was not given. */
  public String textOr(String name, String otherwise) {
    return values.get(name) == null ? otherwise : text(name);
  }

  /** An integer; beyond Java's it is the nearest that Java has. */
  public int intOr(String name, int otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    BigInteger given = Types.requireInteger(values.get(name));
    return given.bitLength() < 32 ? given.intValue() : given.signum() * Integer.MAX_VALUE;
  }

  public boolean truthOr(String name, boolean otherwise) {
    return has(name) ? Types.isTrue(values.get(name)) : otherwise;
  }
}
