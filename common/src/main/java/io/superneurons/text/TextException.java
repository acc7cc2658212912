package io.superneurons.text;

/**
 * A question that cannot be asked as it stands. It concerns one row, which becomes an error row.
 */
public class TextException extends RuntimeException {
  public TextException(String message) {
    super(message);
  }
}
