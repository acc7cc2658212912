package io.superneurons.jobs.select.scan;

import io.superneurons.neuron.rows.TaskPlan;
import java.io.Serializable;
import java.util.Objects;

/**
 * What the executors need to know of one task.
 *
 * @param plan how its neurons are scored
 * @param start row of the table at which its rows begin
 */
public record PlacedTask(TaskPlan plan, int start) implements Serializable {
  public PlacedTask {
    Objects.requireNonNull(plan, "plan");
  }

  /** Row of the table after the task's last one. */
  int end() {
    return start + plan.rows().size();
  }
}
