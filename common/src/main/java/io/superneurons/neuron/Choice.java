package io.superneurons.neuron;

/**
 * One way to select Super Neurons, and its worth.
 *
 * @param rule how neurons vote
 * @param voting how votes weigh
 * @param exitLayer the largest layer that neurons may come from
 * @param topK how many neurons vote
 * @param score the metric on validation rows, or on held-out probing rows
 * @param probe the metric on the probing rows, which parts choices that validation cannot; the same
 *     as the score where probing rows made the choice
 */
public record Choice(
    Rule rule, Voting voting, int exitLayer, int topK, double score, double probe) {

  /** A choice that was not tried yet. */
  static Choice untried(Rule rule, Voting voting, int exitLayer, int topK) {
    return new Choice(rule, voting, exitLayer, topK, Double.NaN, Double.NaN);
  }

  /** The same choice with another number of neurons, not tried yet. */
  public Choice withTopK(int other) {
    return untried(rule, voting, exitLayer, other);
  }
}
