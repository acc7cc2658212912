package io.superneurons.neuron.chosen;

import io.superneurons.activation.Neuron;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.vote.Evidence;
import io.superneurons.neuron.vote.Line;
import io.superneurons.neuron.vote.Weight;
import java.io.Serializable;
import java.util.Arrays;
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

  /**
   * The most that it can add to one label above another one, or somewhat more.
   *
   * @param labels how many the task has
   */
  double mostLead(int label, int other, int labels) {
    int detected = fitted.detected();
    boolean detects = detected != Confusion.NO_LABEL;
    if (evidence instanceof Line || !detects && labels > 2) {
      return weight(); // by its value, or by a vote for any label
    }
    int[] votes = detects ? new int[] {detected, Confusion.NO_LABEL} : new int[] {0, 1};
    return Arrays.stream(votes)
        .mapToDouble(vote -> evidence.of(vote, 0, label) - evidence.of(vote, 0, other))
        .max()
        .orElseThrow();
  }
}
