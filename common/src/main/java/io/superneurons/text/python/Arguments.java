package io.superneurons.text.python;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a call.
 *
 * @param positional those without a name
 * @param named those with one, in the order in which they were given
 */
public record Arguments(List<Object> positional, Map<String, Object> named) {
  public static final Arguments NONE = new Arguments(List.of(), Map.of());

  public Arguments {
    positional = Collections.unmodifiableList(new ArrayList<>(positional));
    named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
  }

  /** These without the first positional ones. */
  public Arguments without(int first) {
    return new Arguments(positional.subList(first, positional.size()), named);
  }

  /**
   * Arguments of a function that takes none by name.
   *
   * @throws PythonException if their number is wrong, or one has a name
   */
  public List<Object> positionalOnly(String function, int least, int most) {
    if (!named.isEmpty()) {
      throw new PythonException(function + "() takes no keyword arguments");
    }
    if (positional.size() < least || positional.size() > most) {
      throw new PythonException(
          function
              + "() takes "
              + (least == most ? "" : least + " to ")
              + most
              + " arguments, not "
              + positional.size());
    }
    return positional;
  }

  /**
   * Gives each parameter its argument.
   *
   * @param parameters their names; those that end in {@code ?} may be left out
   * @throws PythonException if an argument is missing or there is no parameter for it
   */
  public Bound bind(String function, String... parameters) {
    Map<String, Object> left = new LinkedHashMap<>(named);
    if (positional.size() > parameters.length) {
      throw new PythonException(
          function
              + "() takes at most "
              + parameters.length
              + " arguments, not "
              + positional.size());
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i++) {
      String name = parameters[i].replace("?", "");
      if (i < positional.size()) {
        values.put(name, positional.get(i));
      } else if (left.containsKey(name)) {
        values.put(name, left.remove(name));
      } else if (!parameters[i].endsWith("?")) {
        throw new PythonException(function + "() needs its argument '" + name + "'");
      }
    }
    if (!left.isEmpty()) {
      throw new PythonException(
          function + "() got an unexpected argument '" + left.keySet().iterator().next() + "'");
    }
    return new Bound(function, values);
  }
}
