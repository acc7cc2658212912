package io.superneurons.activation;

import java.io.Serializable;

/**
 * One scalar activation: an index within a site of a layer. Ordered by layer, as a row passes them,
 * then site, then index, which is how all ties between neurons resolve; select compares millions,
 * so that nothing is made for it.
 *
 * @param layer zero-based layer of the part of the model that has the site
 * @param site where in the layer
 * @param index zero-based, below the site's width
 */
public record Neuron(int layer, Site site, int index) implements Comparable<Neuron>, Serializable {
  public Neuron {
    if (layer < 0 || index < 0) {
      throw new IllegalArgumentException("layer and index cannot be negative");
    }
  }

  /** The Parquet column that holds it. */
  public LayerSite layerSite() {
    return new LayerSite(layer, site);
  }

  /** Its layer, among those of the whole model. */
  public ModelLayer modelLayer() {
    return new ModelLayer(site.part(), layer);
  }

  @Override
  public int compareTo(Neuron other) {
    int byLayer = ModelLayer.compare(site.part(), layer, other.site.part(), other.layer);
    if (byLayer != 0) {
      return byLayer;
    }
    int bySite = site.compareTo(other.site);
    return bySite != 0 ? bySite : Integer.compare(index, other.index);
  }
}
