package io.superneurons.neuron.choose;

import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.Voting;

/**
 * One way to select Super Neurons, and its worth.
 *
 * @param rule how neurons vote
 * @param voting how votes weigh
 * @param exitLayer the largest layer that neurons may come from
 * @param picking which of them vote
 * @param score the metric on the rows that choose
 * @param probingScore the metric on the probing rows, which decides between choices with the same
 *     score; with cross-validation it is the score itself
 */
public record Choice(
    Rule rule,
    Voting voting,
    ModelLayer exitLayer,
    Picking picking,
    double score,
    double probingScore) {

  /** A choice that was not tried yet. */
  static Choice untried(Rule rule, Voting voting, ModelLayer exitLayer, Picking picking) {
    return new Choice(rule, voting, exitLayer, picking, Double.NaN, Double.NaN);
  }

  /** The same choice with another number of neurons, not tried yet. */
  public Choice withMost(int other) {
    return untried(rule, voting, exitLayer, picking.withMost(other));
  }
}
