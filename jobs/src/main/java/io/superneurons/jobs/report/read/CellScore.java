package io.superneurons.jobs.report.read;

import io.superneurons.activation.LayerSite;
import java.util.Objects;

/**
 * The best neuron of one site of one layer.
 *
 * @param place where it is
 * @param index of the neuron that scores best on the probing rows; the first of equals
 * @param probingScore its score there
 * @param validation its score on rows that did not choose it; NaN if there is none
 */
public record CellScore(LayerSite place, int index, double probingScore, double validation) {
  public CellScore {
    Objects.requireNonNull(place, "place");
  }
}
