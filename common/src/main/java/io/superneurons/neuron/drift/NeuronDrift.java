package io.superneurons.neuron.drift;

import io.superneurons.activation.Neuron;
import io.superneurons.neuron.chosen.NeuronProfile;
import java.util.List;

/**
 * How far a Super Neuron is from what it did on the probing rows.
 *
 * @param neuron which one
 * @param probing what it did there
 * @param seen what it does on the rows that are compared
 * @param shift of the mean, in deviations of the probing rows; negative where it fell
 * @param deviationRatio the deviation over that on the probing rows
 * @param firingChange share of the rows that would have to vote otherwise for the firing rates to
 *     be those of the probing rows, from 0 to 1: half the sum of the differences, a row without a
 *     vote counting as a label of its own
 */
public record NeuronDrift(
    Neuron neuron,
    NeuronProfile probing,
    NeuronProfile seen,
    double shift,
    double deviationRatio,
    double firingChange) {
  /**
   * No change of the deviation counts as more doublings than this; one that shrank to 0 would be
   * infinitely many.
   */
  private static final double MOST_DOUBLINGS = 10;

  /**
   * Compares what a neuron did on two sets of rows.
   *
   * @throws IllegalArgumentException if the neuron did not vary on the probing rows
   */
  static NeuronDrift of(Neuron neuron, NeuronProfile probing, NeuronProfile seen) {
    if (!(probing.deviation() > 0)) {
      throw new IllegalArgumentException(neuron + " does not vary on the probing rows");
    }
    return new NeuronDrift(
        neuron,
        probing,
        seen,
        (seen.mean() - probing.mean()) / probing.deviation(),
        seen.deviation() / probing.deviation(),
        change(probing.firingRates(), seen.firingRates()));
  }

  private static double change(List<Double> before, List<Double> after) {
    double differences = 0;
    double silent = 0;
    for (int label = 0; label < before.size(); label++) {
      double difference = after.get(label) - before.get(label);
      differences += Math.abs(difference);
      silent -= difference;
    }
    return Math.min(1, (differences + Math.abs(silent)) / 2);
  }

  /**
   * One number for all three: it is 1 where the mean is off by a deviation, the deviation has
   * doubled or halved, or half of the rows vote otherwise, whichever is furthest; 0 is no drift.
   */
  public double size() {
    double doublings = Math.abs(Math.log(deviationRatio) / Math.log(2));
    return Math.max(
        Math.max(Math.abs(shift), 2 * firingChange), Math.min(doublings, MOST_DOUBLINGS));
  }
}
