package io.superneurons.neuron;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A neuron and its score on probing rows.
 *
 * @param neuron which one
 * @param probe the metric on the rows its rule was fitted on; finite
 */
public record Candidate(Neuron neuron, double probe) implements Serializable {
  /** The better score first; equal scores by layer, site and index. */
  public static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::probe).reversed().thenComparing(Candidate::neuron);
}
