package io.superneurons.text.python;

import java.util.Objects;

/**
 * A string that the filters {@code safe} and {@code escape} made. Python has operators of its own
 * for it, which escape what it meets; here it can be printed, joined and compared, and all else is
 * an error.
 *
 * @param text what it prints
 */
public record PythonMarkup(String text) {
  public PythonMarkup {
    Objects.requireNonNull(text, "text");
  }

  /** The error of all else. */
  public static PythonException unsupported() {
    return new PythonException(
        "what 'safe' or 'escape' gives can be printed and compared only; all else is not supported");
  }
}
