package io.superneurons.jobs.cli;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

/**
 * What this JVM encodes the names of files in; it follows the locale at the JVM's start, which cron
 * and containers often leave unset.
 */
final class NameEncoding {
  private static final String PROPERTY = "sun.jnu.encoding";

  private NameEncoding() {}

  /** Why no job may run here; empty where it may. */
  static Optional<String> problem() {
    return problem(System.getProperty(PROPERTY, ""));
  }

  static Optional<String> problem(String encoding) {
    return isUtf8(encoding)
        ? Optional.empty()
        : Optional.of(
            "Java names files in "
                + encoding
                + " here, so that files with other names would be left out; set LC_ALL=C.UTF-8 in"
                + " the environment (bin/superneurons does so)");
  }

  private static boolean isUtf8(String encoding) {
    try {
      return Charset.forName(encoding).equals(StandardCharsets.UTF_8);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return false;
    }
  }
}
