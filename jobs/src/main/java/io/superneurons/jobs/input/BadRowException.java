package io.superneurons.jobs.input;

/** Why a row of the input cannot be used; it becomes an error row. */
final class BadRowException extends Exception {
  private final ErrorKind kind;

  BadRowException(ErrorKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** A row whose fields are missing or of the wrong type. */
  static BadRowException badRow(String message) {
    return new BadRowException(ErrorKind.BAD_ROW, message);
  }

  ErrorKind kind() {
    return kind;
  }
}
