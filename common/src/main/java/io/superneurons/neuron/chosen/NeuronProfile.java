package io.superneurons.neuron.chosen;

import java.io.Serializable;
import java.util.List;

/**
 * What a Super Neuron did on a set of rows.
 *
 * @param mean of its activations
 * @param deviation of its activations: the root of their mean squared distance from the mean, as
 *     {@code numpy.std} has it
 * @param firingRates share of the rows on which it votes for each label, in the task's order; they
 *     sum to 1, or to less for a detector, which votes for one label or not at all
 */
public record NeuronProfile(double mean, double deviation, List<Double> firingRates)
    implements Serializable {
  public NeuronProfile {
    firingRates = List.copyOf(firingRates);
    if (!Double.isFinite(mean) || !(deviation >= 0) || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException(
          "mean and deviation of a neuron must be finite, not " + mean + " and " + deviation);
    }
    double total = 0;
    for (double rate : firingRates) {
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException("A firing rate is from 0 to 1, not " + rate);
      }
      total += rate;
    }
    if (total > 1 + 1e-9) {
      throw new IllegalArgumentException("Firing rates of a neuron sum to " + total);
    }
  }
}
