package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Confusion;

/** Weights of votes for each label on one row. Equal weights resolve to the earlier label. */
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

  /** The index of the label with the most weight. */
  public int winner() {
    int winner = 0;
    for (int label = 1; label < weights.length; label++) {
      if (weights[label] > weights[winner]) {
        winner = label;
      }
    }
    return winner;
  }

  /**
   * The winner's weight less that of the next label, divided by all weight; 0 if there was no vote.
   */
  public double margin() {
    int winner = winner();
    double next = 0;
    double total = 0;
    for (int label = 0; label < weights.length; label++) {
      total += weights[label];
      if (label != winner) {
        next = Math.max(next, weights[label]);
      }
    }
    return total == 0 ? 0 : (weights[winner] - next) / total;
  }

  /** The weight of the votes for a label. */
  public double weight(int label) {
    return weights[label];
  }
}
