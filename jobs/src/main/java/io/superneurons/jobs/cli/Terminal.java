package io.superneurons.jobs.cli;

/** The terminal that a person looks at, where there is one: a line on it can be drawn anew. */
public final class Terminal {
  private static final int BAR = 24;

  private Terminal() {}

  /** Whether a person looks on, and not a file or a program. */
  public static boolean isThere() {
    return System.console() != null && !"dumb".equals(System.getenv("TERM"));
  }

  /** Draws the line anew. */
  public static void redraw(String line) {
    System.out.print("\r" + SafeText.of(line) + "\033[K");
    System.out.flush();
  }

  /** Takes the line away, before others are printed. */
  public static void clear() {
    System.out.print("\r\033[K");
    System.out.flush();
  }

  /** A bar such as {@code [######------]}. */
  public static String bar(double share) {
    int full = (int) Math.round(BAR * Math.max(0, Math.min(1, share)));
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
  }
}
