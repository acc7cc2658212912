package io.superneurons.jobs.select.rows;

import io.superneurons.neuron.rows.TaskRows;
import java.util.Objects;

/**
 * One task of the table of labelled rows.
 *
 * @param rows its rows
 * @param words what was asked and answered in them
 * @param start row of the table at which they begin
 */
public record LabelledTask(TaskRows rows, TaskWords words, int start) {
  public LabelledTask {
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(words, "words");
  }

  /** The task's name. */
  public String name() {
    return rows.task();
  }
}
