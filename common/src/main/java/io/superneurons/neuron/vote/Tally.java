package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Confusion;

/** Weights of votes for each label on one row. Equal weights resolve to the earlier label. */
public final class Tally {
  private final double[] weights;

  public Tally(int labels) {
    this(new double[labels]);
  }

  /** Counts within an array, a weight a label. */
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

  /** The winner's weight less the next one's, over all weight; 0 if nothing was voted for. */
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

  public double weight(int label) {
    return weights[label];
  }
}
