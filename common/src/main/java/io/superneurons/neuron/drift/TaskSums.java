package io.superneurons.neuron.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.superneurons.neuron.chosen.ActivationSource;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskProfile;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers what the Super Neurons of a task do on rows. Sums are exact, so that rows in any order,
 * and any division of them into parts, give the same profile, also if parts were written to JSON
 * and read again.
 */
public final class TaskSums implements Serializable {
  private static final long serialVersionUID = 1;

  private final Map<String, Long> labels;
  private final List<NeuronSums> neurons;

  private TaskSums(Map<String, Long> labels, List<NeuronSums> neurons) {
    this.labels = new LinkedHashMap<>(labels);
    this.neurons = new ArrayList<>(neurons);
  }

  /** The same sums as plain numbers, for JSON. */
  record Parts(Map<String, Long> labels, List<NeuronSums.Parts> neurons) {}

  /** Sums of no rows. */
  public static TaskSums none(TaskSuperNeurons task) {
    Map<String, Long> labels = new LinkedHashMap<>();
    task.labels().forEach(label -> labels.put(label, 0L));
    return new TaskSums(
        labels, task.neurons().stream().map(n -> new NeuronSums(task.labels().size())).toList());
  }

  /** A copy, which can be added to without changing these sums. */
  public TaskSums copy() {
    return of(parts());
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static TaskSums of(Parts parts) {
    return new TaskSums(parts.labels, parts.neurons.stream().map(NeuronSums::of).toList());
  }

  @JsonValue
  Parts parts() {
    return new Parts(new LinkedHashMap<>(labels), neurons.stream().map(NeuronSums::parts).toList());
  }

  /**
   * Counts a row.
   *
   * @param label that the row got
   * @param members the task's neurons, in its order
   * @param activations of the row; finite
   */
  public void add(String label, List<SuperNeuron> members, ActivationSource activations) {
    labels.merge(label, 1L, Long::sum);
    for (int i = 0; i < members.size(); i++) {
      double value = activations.value(members.get(i).neuron());
      neurons.get(i).add(value, members.get(i).fitted().vote(value));
    }
  }

  /** Counts the rows of another part. */
  public void add(TaskSums other) {
    other.labels.forEach((label, rows) -> labels.merge(label, rows, Long::sum));
    for (int i = 0; i < neurons.size(); i++) {
      neurons.get(i).add(other.neurons.get(i));
    }
  }

  /** What the neurons did; there must be a row. */
  public TaskProfile profile() {
    return new TaskProfile(labels, neurons.stream().map(NeuronSums::profile).toList());
  }
}
