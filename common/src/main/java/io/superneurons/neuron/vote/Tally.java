package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Confusion;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Votes on one row. The label with the most weight wins; of labels with the same weight, the one
 * that the best-ranked of their voters voted for. A row on which nobody votes is undecided.
 */
public final class Tally {
  private final double[] weights;

  /** Starts without votes. */
  public Tally(int labels) {
    this(new double[labels]);
  }

  /**
   * Counts in an array that stays the caller's.
   *
   * @param weights of the votes for each label so far [labels]
   */
  public Tally(double[] weights) {
    this.weights = weights;
  }

  /**
   * Counts one vote.
   *
   * @param label its index, or {@link Confusion#NO_LABEL}, which counts for none
   */
  public void add(int label, double weight) {
    if (label != Confusion.NO_LABEL) {
      weights[label] += weight;
    }
  }

  /**
   * The index of the label that wins; {@link Confusion#NO_LABEL} if there was no vote.
   *
   * @param voters how many there are
   * @param vote what each said, the best-ranked first
   */
  public int winner(int voters, IntUnaryOperator vote) {
    double most = Arrays.stream(weights).max().orElse(0);
    for (int voter = 0; voter < voters && most > 0; voter++) {
      int label = vote.applyAsInt(voter);
      if (label != Confusion.NO_LABEL && weights[label] == most) {
        return label;
      }
    }
    return Confusion.NO_LABEL;
  }

  /**
   * How far the label with the most weight leads the next one, as a share of all votes that could
   * be cast: those of voters that said nothing count too. 0 for a tie, and where there was no vote.
   *
   * @param castable weight of all voters, whether they voted or not
   */
  public double margin(double castable) {
    double most = 0;
    double next = 0;
    for (double weight : weights) {
      next = Math.max(next, Math.min(most, weight));
      most = Math.max(most, weight);
    }
    return castable > 0 ? (most - next) / castable : 0;
  }

  /** The weight of the votes for a label. */
  public double weight(int label) {
    return weights[label];
  }
}
