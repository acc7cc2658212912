package io.superneurons.neuron;

/** The activations of one row. */
@FunctionalInterface
public interface ActivationSource {
  /** The value of that neuron on this row. */
  float value(Neuron neuron);
}
