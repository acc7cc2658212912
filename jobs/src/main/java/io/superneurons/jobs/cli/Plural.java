package io.superneurons.jobs.cli;

import java.util.Locale;

/** Counts for people. */
public final class Plural {
  private Plural() {}

  /**
   * Such as {@code 1 row} or {@code 2,000 rows}.
   *
   * @param one the word for one of them; more than one get an s
   */
  public static String text(long count, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
  }
}
