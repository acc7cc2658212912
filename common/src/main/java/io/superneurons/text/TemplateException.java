package io.superneurons.text;

/**
 * A chat template or a prompt template that cannot be rendered. It is wrong for every row, so it
 * ends a run before the first one.
 */
public class TemplateException extends RuntimeException {
  public TemplateException(String message) {
    super(message);
  }

  public TemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}
