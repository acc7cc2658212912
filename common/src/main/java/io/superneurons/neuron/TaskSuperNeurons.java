package io.superneurons.neuron;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Super Neurons of one task.
 *
 * @param task its name
 * @param question what every probing row asked, if they all asked the same
 * @param labels sorted; ties between them resolve to the earlier
 * @param exitLayer the largest layer of any neuron: later ones need not run
 * @param voting how votes weigh
 * @param metric what neurons were ranked and choices were made by
 * @param chosenOn which rows made the choices
 * @param neurons best first; they share a rule
 * @param metrics by set ({@code probe}, {@code validation}, {@code test}, ...), then by metric
 * @param baselines by method, set and metric, on the same rows
 */
public record TaskSuperNeurons(
    String task,
    Optional<String> question,
    List<String> labels,
    int exitLayer,
    Voting voting,
    Metric metric,
    ChosenOn chosenOn,
    List<SuperNeuron> neurons,
    Map<String, Map<String, Double>> metrics,
    Map<String, Map<String, Map<String, Double>>> baselines) {
  public TaskSuperNeurons {
    labels = List.copyOf(labels);
    neurons = List.copyOf(neurons);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
    if (labels.size() < 2 || neurons.isEmpty()) {
      throw new IllegalArgumentException("Task " + task + " needs two labels and a neuron");
    }
    int deepest = neurons.stream().mapToInt(n -> n.neuron().layer()).max().orElseThrow();
    if (deepest > exitLayer) {
      throw new IllegalArgumentException(
          "Task " + task + " has a neuron in layer " + deepest + ", after exit layer " + exitLayer);
    }
  }

  /** The rule that the neurons share. */
  public Rule rule() {
    return neurons.get(0).fitted().rule();
  }

  /** Classifies one row by the neurons' votes. */
  public Prediction classify(ActivationSource activations) {
    Tally tally = new Tally(labels.size());
    for (SuperNeuron member : neurons) {
      tally.add(member.fitted().vote(activations.value(member.neuron())), member.weight());
    }
    Map<String, Double> votes = new LinkedHashMap<>();
    for (int label = 0; label < labels.size(); label++) {
      votes.put(labels.get(label), tally.weight(label));
    }
    return new Prediction(labels.get(tally.winner()), votes, tally.margin());
  }
}
