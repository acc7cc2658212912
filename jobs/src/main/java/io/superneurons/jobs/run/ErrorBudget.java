package io.superneurons.jobs.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many rows may fail before a run is stopped.
 *
 * @param limit a number of rows, or a share of the rows in percent
 * @param unit whether it is a number or a share
 */
public record ErrorBudget(double limit, Unit unit) {
  /**
   * As long as a run has tried fewer rows than these, a share does not end it: one broken row would
   * be a large one.
   */
  static final long LEAST_ROWS = 1_000;

  private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)(%?)");

  /** What the limit counts. */
  enum Unit {
    ROWS,
    PERCENT
  }

  public ErrorBudget {
    if (unit == Unit.ROWS ? limit != Math.rint(limit) : limit > 100) {
      throw new IllegalArgumentException(
          "A budget is a whole number of rows, or a share up to 100%");
    }
  }

  /**
   * Reads a number such as {@code 100} or a share such as {@code 1.5%}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static ErrorBudget of(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not a number of rows, nor a share such as 1%: " + text);
    }
    Unit unit = matcher.group(2).isEmpty() ? Unit.ROWS : Unit.PERCENT;
    return new ErrorBudget(Double.parseDouble(matcher.group(1)), unit);
  }

  /**
   * Whether more rows failed than may, so that a run that is not at its end is to stop.
   *
   * @param errors rows that failed
   * @param rows rows that were tried, those that failed included
   */
  boolean isSpent(long errors, long rows) {
    return switch (unit) {
      case ROWS -> errors > limit;
      case PERCENT -> rows >= LEAST_ROWS && isSpentAtEnd(errors, rows);
    };
  }

  /**
   * Whether more rows failed than may, of all rows of a run that has tried them all; a share counts
   * however few they are.
   *
   * @param errors rows that failed
   * @param rows rows that were tried, those that failed included
   */
  boolean isSpentAtEnd(long errors, long rows) {
    return switch (unit) {
      case ROWS -> errors > limit;
      case PERCENT -> errors > rows * limit / 100;
    };
  }

  /** The text that {@link #of} reads. */
  @Override
  public String toString() {
    String number =
        limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    return unit == Unit.ROWS ? number : number + "%";
  }
}
