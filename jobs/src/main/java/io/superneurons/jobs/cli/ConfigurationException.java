package io.superneurons.jobs.cli;

/**
 * Something the user gave cannot work, and it was found before any work started: exit code 2, the
 * message and no stack trace. The message says what, where and what to do.
 */
public final class ConfigurationException extends RuntimeException {
  public ConfigurationException(String message) {
    super(message);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
