package io.superneurons.neuron.chosen;

import io.superneurons.activation.Neuron;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.vote.Evidence;
import io.superneurons.neuron.vote.Weight;
import java.io.Serializable;
import java.util.Objects;

/**
 * A chosen neuron.
 *
 * @param neuron where it is
 * @param fitted how it votes
 * @param evidence what it adds to each label
 * @param probingScore its score on the probing rows
 * @param validation its score on the validation rows, or on held-out probing rows
 */
public record SuperNeuron(
    Neuron neuron, FittedRule fitted, Evidence evidence, double probingScore, double validation)
    implements Serializable {
  public SuperNeuron {
    Objects.requireNonNull(neuron, "neuron");
    Objects.requireNonNull(fitted, "fitted");
    Objects.requireNonNull(evidence, "evidence");
  }

  /** A neuron whose vote adds a weight, which is positive, to the label that it votes for. */
  public SuperNeuron(
      Neuron neuron, FittedRule fitted, double weight, double probingScore, double validation) {
    this(neuron, fitted, new Weight(weight), probingScore, validation);
  }

  /** The most that it can add to one label above another, or its share of that. */
  public double weight() {
    return evidence.weight();
  }
}
