package io.superneurons.jobs.results;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.parquet.TableColumns;
import io.superneurons.jobs.parquet.TableSchema;
import java.util.Objects;

/**
 * What a threshold on the margin of one level's votes does on held-out rows: a row of the table
 * {@code margins}, which is for people; nothing here reads it.
 *
 * @param task the task
 * @param exitLayer of the level
 * @param margin the threshold
 * @param answered share of the rows whose margin reaches it
 * @param accuracy of the level on those rows
 */
public record LevelMargin(
    String task, ModelLayer exitLayer, double margin, double answered, double accuracy) {
  /** The columns of the table. */
  public static final TableSchema SCHEMA =
      new TableColumns()
          .strings("task", "exit_part")
          .integers("exit_layer")
          .numbers("margin", "answered", "accuracy")
          .named("margins");

  public LevelMargin {
    Objects.requireNonNull(task, "task");
  }

  /** The row of the table, one value per column. */
  public Object[] values() {
    return new Object[] {
      task, exitLayer.part().label(), exitLayer.number(), margin, answered, accuracy
    };
  }
}
