package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Confusion;
import java.util.Arrays;

/**
 * A vote that adds a weight to the label that is voted for.
 *
 * @param weight positive
 */
public record Weight(double weight) implements Evidence {
  public Weight {
    if (!(weight > 0)) {
      throw new IllegalArgumentException("The weight of a vote must be positive, not " + weight);
    }
  }

  /** The same for many voters [voters]. */
  public static Evidence[] all(double[] weights) {
    return Arrays.stream(weights).mapToObj(Weight::new).toArray(Evidence[]::new);
  }

  @Override
  public double of(int vote, float value, int label) {
    return vote == label ? weight : 0;
  }

  @Override
  public void add(int vote, float value, double[] sums) {
    if (vote != Confusion.NO_LABEL) {
      sums[vote] += weight;
    }
  }

  @Override
  public void add(Voter voter, int[] rows, double[][] sums) {
    for (int row : rows) {
      int vote = voter.label(row);
      if (vote != Confusion.NO_LABEL) {
        sums[row][vote] += weight;
      }
    }
  }
}
