package io.superneurons.jobs.report.read;

import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.results.ScoredNeuron;
import java.util.Optional;

/**
 * The neuron of one task, layer and site that is best on the probing rows, the first of equals; and
 * how many were tried. Not thread-safe.
 */
final class BestOfCell {
  private static final double SIGNIFICANT = 0.05;

  private final LayerSite place;
  private CellScore best;
  private long tried;
  private long significant;

  /**
   * Which cell a row belongs to.
   *
   * @param task by name
   * @param place layer and site
   */
  record Key(String task, LayerSite place) {
    static Key of(ScoredNeuron.Summary scored) {
      return new Key(scored.task(), scored.neuron().layerSite());
    }
  }

  BestOfCell(Key key) {
    this.place = key.place();
  }

  void add(ScoredNeuron.Summary scored) {
    tried++;
    if (scored.qValue() <= SIGNIFICANT) {
      significant++;
    }
    int index = scored.neuron().index();
    if (!Double.isNaN(scored.probingScore()) && isBetter(scored.probingScore(), index)) {
      best = new CellScore(place, index, scored.probingScore(), scored.validation());
    }
  }

  private boolean isBetter(double probingScore, int index) {
    return best == null
        || probingScore > best.probingScore()
        || (probingScore == best.probingScore() && index < best.index());
  }

  /** Nothing where no neuron can be selected. */
  Optional<CellScore> best() {
    return Optional.ofNullable(best);
  }

  long tried() {
    return tried;
  }

  /** Neurons with a q-value of at most 0.05. */
  long significant() {
    return significant;
  }
}
