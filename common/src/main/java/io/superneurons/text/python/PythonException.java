package io.superneurons.text.python;

/** What Python would raise, a bound that is exceeded, or something that is not supported. */
public final class PythonException extends RuntimeException {
  public PythonException(String message) {
    super(message);
  }
}
