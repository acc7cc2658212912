package io.superneurons.neuron.choose;

import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.Voting;
import java.util.List;

/**
 * What may be chosen for a task.
 *
 * @param rules in order of preference
 * @param votings in order of preference
 * @param exitLayers ascending: those of the vision tower, then those of the decoder
 * @param pickings in order of preference
 * @param tolerance how much worse than the best a choice with an earlier exit may be
 */
public record ChoiceSpace(
    List<Rule> rules,
    List<Voting> votings,
    List<ModelLayer> exitLayers,
    List<Picking> pickings,
    double tolerance) {
  public ChoiceSpace {
    rules = List.copyOf(rules);
    votings = List.copyOf(votings);
    exitLayers = List.copyOf(exitLayers);
    pickings = List.copyOf(pickings);
    if (rules.isEmpty() || votings.isEmpty() || exitLayers.isEmpty() || pickings.isEmpty()) {
      throw new IllegalArgumentException("Nothing to choose from");
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("The tolerance cannot be " + tolerance);
    }
  }
}
