package io.superneurons.jobs.results;

import io.superneurons.jobs.parquet.TableColumns;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.parquet.TableSchema;
import java.util.Objects;

/**
 * An answer of the model's own that names none of a task's labels, or several: a row of the table
 * {@code other_answers}, which has the most frequent ones.
 *
 * @param task the task
 * @param answer the model's words; empty where it said nothing
 * @param rows how many rows it gave them on
 */
public record OtherAnswer(String task, String answer, int rows) {
  /** The columns of the table. */
  public static final TableSchema SCHEMA =
      new TableColumns().strings("task", "answer").integers("n").named("other_answers");

  public OtherAnswer {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(answer, "answer");
  }

  /** Reads a row of the table. */
  public static OtherAnswer of(TableRow row) {
    return new OtherAnswer(row.text("task"), row.text("answer"), row.integer("n"));
  }

  /** The row of the table, one value per column. */
  public Object[] values() {
    return new Object[] {task, answer, rows};
  }
}
