package io.superneurons.text.jinja.filter;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Work;

/** A function whose first argument stands before the bar. */
@FunctionalInterface
public interface Filter {

  /**
   * The result.
   *
   * @throws io.superneurons.text.python.PythonException if Jinja2 would raise an error
   */
  Object apply(Work work, Object value, Arguments arguments);
}
