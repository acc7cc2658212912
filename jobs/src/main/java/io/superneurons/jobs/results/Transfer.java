package io.superneurons.jobs.results;

import io.superneurons.jobs.parquet.TableColumns;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.parquet.TableSchema;
import java.util.Objects;

/**
 * What one task's Super Neurons are worth on another task that has the same labels: a row of the
 * table {@code transfer}.
 *
 * @param from the task that they were chosen for
 * @param to the task whose rows they vote on
 * @param set which of its rows
 * @param metric name of the metric that chose
 * @param value of these neurons
 * @param own of the task's own Super Neurons, on the same rows
 * @param rows how many there are
 */
public record Transfer(
    String from, String to, String set, String metric, double value, double own, int rows) {
  /** The columns of the table. */
  public static final TableSchema SCHEMA =
      new TableColumns()
          .strings("from_task", "to_task", "set", "metric")
          .numbers("value", "own")
          .integers("n")
          .named("transfer");

  public Transfer {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(set, "set");
    Objects.requireNonNull(metric, "metric");
    if (rows < 0) {
      throw new IllegalArgumentException("rows cannot be negative");
    }
  }

  /** Reads a row of the table. */
  public static Transfer of(TableRow row) {
    return new Transfer(
        row.text("from_task"),
        row.text("to_task"),
        row.text("set"),
        row.text("metric"),
        row.number("value"),
        row.number("own"),
        row.integer("n"));
  }

  /** The row of the table, one value per column. */
  public Object[] values() {
    return new Object[] {from, to, set, metric, value, own, rows};
  }
}
