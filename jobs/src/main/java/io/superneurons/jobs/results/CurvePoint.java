package io.superneurons.jobs.results;

import io.superneurons.jobs.parquet.TableColumns;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.parquet.TableSchema;
import java.util.Arrays;
import java.util.Objects;

/**
 * One point of a curve in the table {@code curves}: a set's score against something that could have
 * been chosen otherwise.
 *
 * @param task the task
 * @param set name of the set; {@code cross_validation} where there are no validation rows
 * @param along what the curve runs along
 * @param x the exit layer, of the decoder or of the vision tower, the number of neurons, or how
 *     many rows of each label fit
 * @param value the metric that selection ranks by
 */
public record CurvePoint(String task, String set, Along along, int x, double value) {
  /** The columns of the table. */
  public static final TableSchema SCHEMA =
      new TableColumns()
          .strings("task", "set", "x_name")
          .integers("x")
          .numbers("value")
          .named("curves");

  public CurvePoint {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(set, "set");
    Objects.requireNonNull(along, "along");
  }

  /** What a curve runs along. */
  public enum Along {
    TOP_K("top_k"),
    EXIT_LAYER("exit_layer"),
    EXIT_TOWER_LAYER("exit_tower_layer"),
    ROWS_PER_LABEL("rows_per_label");

    private final String label;

    Along(String label) {
      this.label = label;
    }

    /** The name in the table. */
    public String label() {
      return label;
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Along of(String label) {
      return Arrays.stream(values())
          .filter(along -> along.label.equals(label))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no curve runs along '" + label + "'"));
    }
  }

  /**
   * Reads a row of the table.
   *
   * @throws IllegalArgumentException if it is of a curve that is not known
   */
  public static CurvePoint of(TableRow row) {
    return new CurvePoint(
        row.text("task"),
        row.text("set"),
        Along.of(row.text("x_name")),
        row.integer("x"),
        row.number("value"));
  }

  /** The row of the table, one value per column. */
  public Object[] values() {
    return new Object[] {task, set, along.label, x, value};
  }
}
