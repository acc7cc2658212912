package io.superneurons.neuron.chosen;

import io.superneurons.activation.Neuron;
import io.superneurons.neuron.rule.FittedRule;
import java.io.Serializable;
import java.util.Objects;

/**
 * A chosen neuron.
 *
 * @param neuron where it is
 * @param fitted how it votes
 * @param weight of its vote; positive
 * @param probingScore its score on the probing rows
 * @param validation its score on the validation rows, or on held-out probing rows
 */
public record SuperNeuron(
    Neuron neuron, FittedRule fitted, double weight, double probingScore, double validation)
    implements Serializable {
  public SuperNeuron {
    Objects.requireNonNull(neuron, "neuron");
    Objects.requireNonNull(fitted, "fitted");
    if (!(weight > 0)) {
      throw new IllegalArgumentException("The weight of a vote must be positive, not " + weight);
    }
  }
}
