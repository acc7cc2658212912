package io.superneurons.neuron.statistics;

/**
 * How many neurons of a task luck does not explain. Where there are any, only they may vote; where
 * there are none, those that vote are mere candidates.
 *
 * @param maxQ the largest q-value of a discovery; above 0, below 1
 * @param neurons that have such a q-value
 */
public record Discoveries(double maxQ, long neurons) {
  public Discoveries {
    if (!(maxQ > 0 && maxQ < 1)) {
      throw new IllegalArgumentException("max_q must be above 0 and below 1, not " + maxQ);
    }
    if (neurons < 0) {
      throw new IllegalArgumentException("discoveries cannot be " + neurons);
    }
  }

  /** Whether there are any. */
  public boolean any() {
    return neurons > 0;
  }
}
