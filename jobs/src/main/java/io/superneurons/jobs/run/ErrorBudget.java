package io.superneurons.jobs.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many rows may fail before a run is taken to go wrong.
 *
 * @param limit number of rows, or a share of them in percent
 * @param unit which of both
 */
public record ErrorBudget(double limit, Unit unit) {
  /** A share of fewer rows says nothing. */
  static final long LEAST_ROWS = 1_000;

  private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)(%?)");

  /** What the limit counts. */
  enum Unit {
    ROWS,
    PERCENT
  }

  public ErrorBudget {
    if (unit == Unit.ROWS ? limit != Math.rint(limit) : limit > 100) {
      throw new IllegalArgumentException("Not a number of rows, nor a share up to 100%");
    }
  }

  /**
   * Reads a number such as {@code 100} or a share such as {@code 1.5%}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static ErrorBudget of(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not a number of rows, nor a share such as 1%: " + text);
    }
    Unit unit = matcher.group(2).isEmpty() ? Unit.ROWS : Unit.PERCENT;
    return new ErrorBudget(Double.parseDouble(matcher.group(1)), unit);
  }

  /** Whether so many failed of so many that were tried. */
  public boolean isSpent(long errors, long rows) {
    return switch (unit) {
      case ROWS -> errors > limit;
      case PERCENT -> rows >= LEAST_ROWS && errors > rows * limit / 100;
    };
  }

  /** As an option has it. */
  @Override
  public String toString() {
    String number =
        limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    return unit == Unit.ROWS ? number : number + "%";
  }
}
