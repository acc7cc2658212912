package io.superneurons.jobs.bench;

import java.io.IOException;
import java.util.Optional;

/** Finds the Python that runs the other side of a benchmark. */
public final class Python {
  private Python() {}

  /**
   * The program to use.
   *
   * @param wish {@code auto} for a python3 on the path, {@code none}, or a program
   * @param modules what it must import, separated by commas
   * @return empty for {@code none}, and for {@code auto} where it does not import the modules
   */
  public static Optional<String> find(String wish, String modules) {
    return switch (wish) {
      case "none" -> Optional.empty();
      case "auto" -> Optional.of("python3").filter(python -> imports(python, modules));
      default -> Optional.of(wish);
    };
  }

  private static boolean imports(String python, String modules) {
    try {
      return new ProcessBuilder(python, "-c", "import " + modules)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
