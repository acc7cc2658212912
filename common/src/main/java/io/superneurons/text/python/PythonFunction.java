package io.superneurons.text.python;

/** What a template can call. */
@FunctionalInterface
public interface PythonFunction {

  /**
   * Calls it.
   *
   * @throws PythonException if Python would raise an error
   */
  Object call(Arguments arguments);
}
