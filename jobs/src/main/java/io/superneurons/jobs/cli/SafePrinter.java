package io.superneurons.jobs.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;

/**
 * What jobs print with, so that no text of others can forge a line or steer the terminal: arguments
 * of formats stay on the line that they stand on, and everything is {@link SafeText} but for ends
 * of lines. Numbers are written alike whatever the locale.
 */
final class SafePrinter extends PrintWriter {
  SafePrinter(OutputStream out) {
    super(out, true);
  }

  @Override
  public PrintWriter format(String format, Object... args) {
    return format(Locale.ROOT, format, args);
  }

  @Override
  public PrintWriter format(Locale locale, String format, Object... args) {
    return super.format(locale, format, safe(args));
  }

  private static Object[] safe(Object... args) {
    return Arrays.stream(args).map(SafePrinter::safe).toArray();
  }

  private static Object safe(Object arg) {
    boolean isPlain = arg == null || arg instanceof Number || arg instanceof Boolean;
    return isPlain ? arg : SafeText.of(arg);
  }

  @Override
  public void write(String text, int from, int length) {
    String safe = SafeText.ofLines(text.substring(from, from + length));
    super.write(safe, 0, safe.length());
  }

  @Override
  public void write(char[] text, int from, int length) {
    write(new String(text, from, length), 0, length);
  }

  @Override
  public void write(int c) {
    write(String.valueOf((char) c), 0, 1);
  }
}
