package io.superneurons.jobs.select.scan;

import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rule.Rule;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What the executors need to know of one task.
 *
 * @param plan how its neurons are scored
 * @param start row of the table at which its rows begin
 * @param valued rules whose neurons' values are needed and not their votes alone; may be empty
 * @param baselines whether attention heads are looked at, for baselines
 */
public record PlacedTask(TaskPlan plan, int start, List<Rule> valued, boolean baselines)
    implements Serializable {
  public PlacedTask {
    Objects.requireNonNull(plan, "plan");
    valued = List.copyOf(valued);
  }

  /** A task of whose neurons only votes are needed. */
  public PlacedTask(TaskPlan plan, int start) {
    this(plan, start, List.of(), true);
  }

  /** The same rows with shuffled labels, on which only the choice counts. */
  public PlacedTask shuffled(TaskPlan other) {
    return new PlacedTask(other, start, valued, false);
  }

  /** Row of the table after the task's last one. */
  int end() {
    return start + plan.rows().size();
  }
}
