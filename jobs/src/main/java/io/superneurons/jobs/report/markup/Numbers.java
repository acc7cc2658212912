package io.superneurons.jobs.report.markup;

import java.util.Locale;

/** Numbers as the report writes them, alike in every locale. */
public final class Numbers {
  /** What stands where there is no number. */
  public static final String NONE = "–";

  private Numbers() {}

  /** A score, such as {@code 0.914}; a dash for NaN. */
  public static String score(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.3f", value);
  }

  /** A score in little room, such as {@code .91}. */
  public static String shortScore(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceFirst("^(-?)0\\.", "$1.");
  }

  /** A share, such as {@code 17%}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", share * 100);
  }

  /** A threshold or a mean, to four significant digits. */
  public static String activation(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** A count, such as {@code 12,345}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A length in a drawing: two decimals at most. */
  public static String coordinate(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
