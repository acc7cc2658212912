package io.superneurons.neuron;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers what the Super Neurons of a task do on rows. Sums are exact, so that rows in any order,
 * and any division of them into parts, give the same profile.
 */
public final class TaskSums implements Serializable {
  private static final long serialVersionUID = 1;

  private final List<String> names;
  private final long[] labels;
  private final List<NeuronSums> neurons = new ArrayList<>();

  private TaskSums(List<String> names, int neurons) {
    this.names = new ArrayList<>(names);
    this.labels = new long[names.size()];
    for (int i = 0; i < neurons; i++) {
      this.neurons.add(new NeuronSums(names.size()));
    }
  }

  /**
   * Sums of no rows.
   *
   * @param names of the task's labels
   * @param neurons how many there are
   */
  public static TaskSums none(List<String> names, int neurons) {
    return new TaskSums(names, neurons);
  }

  /**
   * Counts a row.
   *
   * @param label of the row
   * @param members the task's neurons, in its order
   * @param activations of the row; finite
   */
  public void add(String label, List<SuperNeuron> members, ActivationSource activations) {
    labels[names.indexOf(label)]++;
    for (int i = 0; i < members.size(); i++) {
      double value = activations.value(members.get(i).neuron());
      neurons.get(i).add(value, members.get(i).fitted().vote(value));
    }
  }

  /** Counts the rows of another part. */
  public void add(TaskSums other) {
    for (int label = 0; label < labels.length; label++) {
      labels[label] += other.labels[label];
    }
    for (int i = 0; i < neurons.size(); i++) {
      neurons.get(i).add(other.neurons.get(i));
    }
  }

  /** What the neurons did; there must be a row. */
  public TaskProfile profile() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int label = 0; label < labels.length; label++) {
      counts.put(names.get(label), labels[label]);
    }
    return new TaskProfile(counts, neurons.stream().map(NeuronSums::profile).toList());
  }
}
