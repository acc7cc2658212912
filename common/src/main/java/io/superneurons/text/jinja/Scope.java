package io.superneurons.text.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The variables of a template, of a loop's body, of a macro. */
final class Scope {
  private final Scope outer;
  private final Set<String> hidden;
  private final Map<String, Object> variables = new HashMap<>();

  /**
   * A scope.
   *
   * @param outer the scope around it; null for the outermost
   * @param hidden names that are undefined here until they are set, whatever is outside
   */
  Scope(Scope outer, Set<String> hidden) {
    this.outer = outer;
    this.hidden = hidden;
  }

  Scope outer() {
    return outer;
  }

  boolean has(String name) {
    return variables.containsKey(name);
  }

  Object get(String name) {
    return variables.get(name);
  }

  boolean hides(String name) {
    return hidden.contains(name);
  }

  void set(String name, Object value) {
    variables.put(name, value);
  }

  /** Ends the scope, or begins its next round. */
  void clear() {
    variables.clear();
  }
}
