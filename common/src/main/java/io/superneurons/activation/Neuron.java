package io.superneurons.activation;

import java.io.Serializable;
import java.util.Comparator;

/**
 * One scalar activation: an index within a site of a layer. Ordered by layer, then site, then
 * index, which is how all ties between neurons resolve.
 *
 * @param layer zero-based decoder layer
 * @param site where in the layer
 * @param index zero-based, below the site's width
 */
public record Neuron(int layer, Site site, int index) implements Comparable<Neuron>, Serializable {
  private static final Comparator<Neuron> ORDER =
      Comparator.comparingInt(Neuron::layer)
          .thenComparing(Neuron::site)
          .thenComparingInt(Neuron::index);

  public Neuron {
    if (layer < 0 || index < 0) {
      throw new IllegalArgumentException("layer and index cannot be negative");
    }
  }

  /** The Parquet column that holds it. */
  public LayerSite layerSite() {
    return new LayerSite(layer, site);
  }

  @Override
  public int compareTo(Neuron other) {
    return ORDER.compare(this, other);
  }
}
