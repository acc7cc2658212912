package io.superneurons.neuron.chosen;

import io.superneurons.activation.Neuron;

/** The activations of one row. */
@FunctionalInterface
public interface ActivationSource {
  /** The value of that neuron on this row. */
  float value(Neuron neuron);
}
