package io.superneurons.neuron;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A neuron and its score in one trial.
 *
 * @param neuron which one
 * @param probe the metric on the rows of the trial that its rule was fitted on
 * @param score all that is known of it
 */
public record Candidate(Neuron neuron, double probe, NeuronScore score) implements Serializable {
  /** The better score first; equal scores by layer, site and index. */
  public static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::probe).reversed().thenComparing(Candidate::neuron);
}
