package io.superneurons.jobs.report.read;

import io.superneurons.jobs.report.run.Pace;
import io.superneurons.jobs.results.SharedNeuron;
import io.superneurons.jobs.results.Transfer;
import io.superneurons.jobs.run.TaskSummary;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a report is drawn from.
 *
 * @param superNeurons the file of that name
 * @param tasks what is known of each task, in the file's order
 * @param cost of exit layers
 * @param pace how fast a run was; empty where none is known
 * @param labelled what label did with the tasks; empty where no predictions were given
 * @param singles what is known of single rows, by task
 * @param transfers what tasks' Super Neurons are worth on other tasks
 * @param shared neurons that serve several tasks, one entry per neuron and task
 */
public record Selection(
    SuperNeurons superNeurons,
    List<TaskResults> tasks,
    ExitCost cost,
    Optional<Pace> pace,
    List<TaskSummary> labelled,
    Map<String, Singles> singles,
    List<Transfer> transfers,
    List<SharedNeuron> shared) {
  public Selection {
    Objects.requireNonNull(superNeurons, "superNeurons");
    Objects.requireNonNull(cost, "cost");
    Objects.requireNonNull(pace, "pace");
    tasks = List.copyOf(tasks);
    labelled = List.copyOf(labelled);
    singles = Map.copyOf(singles);
    transfers = List.copyOf(transfers);
    shared = List.copyOf(shared);
  }
}
