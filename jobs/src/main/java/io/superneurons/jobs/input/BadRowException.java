package io.superneurons.jobs.input;

/** Why a row of the input cannot be used; it becomes an error row. */
public final class BadRowException extends Exception {
  private final ErrorKind kind;

  public BadRowException(ErrorKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** A row whose fields are missing or of the wrong type. */
  public static BadRowException badRow(String message) {
    return new BadRowException(ErrorKind.BAD_ROW, message);
  }

  public ErrorKind kind() {
    return kind;
  }
}
