package io.superneurons.jobs.results;

import io.superneurons.jobs.parquet.TableColumns;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.parquet.TableSchema;
import io.superneurons.neuron.statistics.PairedTest;
import java.util.Objects;

/**
 * Super Neurons beside a baseline on the same rows: a row of the table {@code comparisons}.
 *
 * @param task the task
 * @param set name of the set, such as {@code test}
 * @param method the baseline
 * @param test Super Neurons first, the baseline second
 */
public record Comparison(String task, String set, String method, PairedTest test) {
  /** The columns of the table. */
  public static final TableSchema SCHEMA =
      new TableColumns()
          .strings("task", "set", "method")
          .integers("more_right", "fewer_right")
          .numbers("p_value")
          .strings("verdict")
          .named("comparisons");

  public Comparison {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(set, "set");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(test, "test");
  }

  /** Reads a row of the table. */
  public static Comparison of(TableRow row) {
    return new Comparison(
        row.text("task"),
        row.text("set"),
        row.text("method"),
        new PairedTest(row.integer("more_right"), row.integer("fewer_right")));
  }

  /** The row of the table, one value per column. */
  public Object[] values() {
    return new Object[] {
      task, set, method, test.first(), test.second(), test.pValue(), test.verdict().label()
    };
  }
}
