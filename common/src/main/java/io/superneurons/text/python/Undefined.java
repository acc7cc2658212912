package io.superneurons.text.python;

/**
 * Jinja2's value of what is not there: it prints nothing, is false and has no elements; all else is
 * an error.
 *
 * @param reason what is not there, for that error
 */
public record Undefined(String reason) {

  /** A name without a value. */
  public static Undefined name(String name) {
    return new Undefined("'" + name + "' is undefined");
  }

  /** The error of using it. */
  public PythonException error() {
    return new PythonException(reason);
  }
}
