package io.superneurons.neuron;

import java.util.List;

/**
 * What may be chosen for a task.
 *
 * @param rules in order of preference
 * @param votings in order of preference
 * @param exitLayers ascending
 * @param topK numbers of neurons, ascending
 * @param tolerance how much worse than the best a choice with an earlier exit may be
 */
public record ChoiceSpace(
    List<Rule> rules,
    List<Voting> votings,
    List<Integer> exitLayers,
    List<Integer> topK,
    double tolerance) {
  public ChoiceSpace {
    rules = List.copyOf(rules);
    votings = List.copyOf(votings);
    exitLayers = List.copyOf(exitLayers);
    topK = List.copyOf(topK);
    if (rules.isEmpty() || votings.isEmpty() || exitLayers.isEmpty() || topK.isEmpty()) {
      throw new IllegalArgumentException("Nothing to choose from");
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("The tolerance cannot be " + tolerance);
    }
  }

  /** The most neurons that any choice has. */
  public int mostNeurons() {
    return topK.get(topK.size() - 1);
  }
}
