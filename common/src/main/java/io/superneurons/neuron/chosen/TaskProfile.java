package io.superneurons.neuron.chosen;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the Super Neurons of a task did on a set of rows.
 *
 * @param labels how many rows have each label: the task's, in its order, and any other
 * @param neurons in the order of the task's
 */
public record TaskProfile(Map<String, Long> labels, List<NeuronProfile> neurons) {
  public TaskProfile {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    neurons = List.copyOf(neurons);
  }

  /** How many rows there are. */
  public long rows() {
    return labels.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Share of the rows that have the label, from 0 to 1; there must be a row. */
  public double share(String label) {
    return (double) labels.getOrDefault(label, 0L) / rows();
  }
}
