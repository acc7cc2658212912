package io.superneurons.jobs;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command prints.
 *
 * @param exitCode what it ended with
 * @param said what it wrote
 */
public record Printed(int exitCode, String said) {
  /** A command. */
  @FunctionalInterface
  public interface Command {
    /** Runs it and gives its exit code. */
    int run() throws Exception;
  }

  /** On standard output and standard error. */
  public static Printed of(Command command) {
    PrintStream err = System.err;
    try {
      return onOutput(
          () -> {
            System.setErr(System.out);
            return command.run();
          });
    } finally {
      System.setErr(err);
    }
  }

  /** On standard output alone. */
  public static Printed onOutput(Command command) {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    int exitCode;
    try {
      exitCode = command.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      System.setOut(out);
    }
    return new Printed(exitCode, printed.toString(StandardCharsets.UTF_8));
  }
}
