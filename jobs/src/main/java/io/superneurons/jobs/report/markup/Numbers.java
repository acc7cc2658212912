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

  /** A p-value after its sign, such as {@code = 0.013} or {@code < 0.001}. */
  public static String pValue(double value) {
    return value < 5e-4 ? "< 0.001" : "= " + score(value);
  }

  /** A score in little room, such as {@code .91}. */
  public static String shortScore(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceFirst("^(-?)0\\.", "$1.");
  }

  /** A share, such as {@code 17%}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", share * 100);
  }

  /** A share to a tenth of a percent, such as {@code 98.5%}; {@code 100%} only if it is whole. */
  public static String fine(double share) {
    double percent = share == 1 ? 100 : Math.min(99.9, share * 100);
    return Double.isNaN(share)
        ? NONE
        : String.format(Locale.ROOT, percent == 100 ? "%.0f%%" : "%.1f%%", percent);
  }

  /** A pace to two digits, such as {@code 1,200} or {@code 0.38}. */
  public static String pace(double value) {
    if (value >= 100) {
      double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
      return count(Math.round(value / unit) * (long) unit);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.0f" : value >= 1 ? "%.1f" : "%.2f", value);
  }

  /** A threshold or a mean, to four significant digits. */
  public static String activation(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** What votes weigh, such as {@code 24} or {@code 1.5}: three decimals at most. */
  public static String weight(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
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
