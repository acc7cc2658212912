package io.superneurons.jobs.report;

import io.superneurons.jobs.results.SharedNeuron;
import io.superneurons.jobs.results.Transfer;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.util.List;
import java.util.Objects;

/**
 * All that a report is drawn from.
 *
 * @param superNeurons the file of that name
 * @param tasks what is known of each task, in the file's order
 * @param cost of exit layers
 * @param transfers what tasks' Super Neurons are worth on other tasks
 * @param shared neurons that serve several tasks, one entry per neuron and task
 */
record Selection(
    SuperNeurons superNeurons,
    List<TaskResults> tasks,
    ExitCost cost,
    List<Transfer> transfers,
    List<SharedNeuron> shared) {
  public Selection {
    Objects.requireNonNull(superNeurons, "superNeurons");
    Objects.requireNonNull(cost, "cost");
    tasks = List.copyOf(tasks);
    transfers = List.copyOf(transfers);
    shared = List.copyOf(shared);
  }
}
