package io.superneurons.jobs;

import io.superneurons.activation.Neuron;
import io.superneurons.neuron.FalseDiscovery;
import io.superneurons.neuron.SuperNeuron;
import io.superneurons.neuron.TaskSuperNeurons;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the table of scores says of a task besides its neurons' scores.
 *
 * @param index of the task
 * @param name of the task
 * @param labels in the order of label indexes
 * @param rule the one that was chosen; only its scores are written
 * @param selected the Super Neurons
 * @param discovery q-values over all neurons and rules that were tried
 */
record ScoredTask(
    int index,
    String name,
    List<String> labels,
    String rule,
    Set<Neuron> selected,
    FalseDiscovery discovery)
    implements Serializable {

  static ScoredTask of(int index, TaskSuperNeurons chosen, FalseDiscovery discovery) {
    return new ScoredTask(
        index,
        chosen.task(),
        chosen.labels(),
        chosen.rule().label(),
        chosen.neurons().stream().map(SuperNeuron::neuron).collect(Collectors.toSet()),
        discovery);
  }
}
