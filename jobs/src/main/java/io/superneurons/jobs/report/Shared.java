package io.superneurons.jobs.report;

import io.superneurons.activation.LayerSite;
import java.util.List;

/**
 * A neuron that is among the best of several tasks.
 *
 * @param place its layer and site
 * @param index within the site
 * @param tasks whose best it is among
 */
public record Shared(LayerSite place, int index, List<Place> tasks) {
  public Shared {
    tasks = List.copyOf(tasks);
  }

  /**
   * What it is to a task.
   *
   * @param task the task
   * @param rank place among the task's best, from 1
   * @param selected whether it is one of the task's Super Neurons
   */
  public record Place(String task, int rank, boolean selected) {}
}
