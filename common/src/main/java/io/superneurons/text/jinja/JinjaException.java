package io.superneurons.text.jinja;

/** A template that Jinja2 or this package does not take, or that refuses what it is given. */
public final class JinjaException extends RuntimeException {
  JinjaException(int line, String message) {
    super("line " + line + ": " + message);
  }
}
