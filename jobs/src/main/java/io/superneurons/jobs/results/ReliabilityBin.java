package io.superneurons.jobs.results;

import io.superneurons.jobs.parquet.TableColumns;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.parquet.TableSchema;
import java.util.Objects;

/**
 * Whether rows of about the same probability are right as often as it says: a row of the table
 * {@code reliability}.
 *
 * @param task the task
 * @param set which of its rows, none of which chose or calibrated
 * @param probability mean of the bin's rows
 * @param right the share of them that is right
 * @param rows how many there are
 */
public record ReliabilityBin(String task, String set, double probability, double right, int rows) {
  /** The columns of the table. */
  public static final TableSchema SCHEMA =
      new TableColumns()
          .strings("task", "set")
          .numbers("probability", "right")
          .integers("n")
          .named("reliability");

  public ReliabilityBin {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(set, "set");
    if (rows < 1) {
      throw new IllegalArgumentException("A bin without rows");
    }
  }

  /** Reads a row of the table. */
  public static ReliabilityBin of(TableRow row) {
    return new ReliabilityBin(
        row.text("task"),
        row.text("set"),
        row.number("probability"),
        row.number("right"),
        row.integer("n"));
  }

  /** The row of the table, one value per column. */
  public Object[] values() {
    return new Object[] {task, set, probability, right, rows};
  }
}
