package io.superneurons.text.jinja.filter;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Work;

/** What stands after {@code is}. */
@FunctionalInterface
public interface Test {

  /**
   * Whether it holds.
   *
   * @throws io.superneurons.text.python.PythonException if Jinja2 would raise an error
   */
  boolean holds(Work work, Object value, Arguments arguments);
}
