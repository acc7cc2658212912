package io.superneurons.activation;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/**
 * One site of one layer: one vector of activations per row, stored as one column of a Parquet file.
 * Ordered as a row passes the layers, then by site.
 *
 * @param layer zero-based layer of the part of the model that has the site
 * @param site where in the layer
 */
public record LayerSite(int layer, Site site) implements Comparable<LayerSite>, Serializable {
  private static final Comparator<LayerSite> ORDER =
      Comparator.comparing(LayerSite::modelLayer).thenComparing(LayerSite::site);

  public LayerSite {
    Objects.requireNonNull(site, "site");
    new ModelLayer(site.part(), layer); // checks the number
  }

  /** The layer, among those of the whole model. */
  public ModelLayer modelLayer() {
    return new ModelLayer(site.part(), layer);
  }

  /** The Parquet column, such as {@code l03_attn_z} or {@code v03_attn_z_mean}. */
  public String column() {
    return modelLayer().prefix() + "_" + site.columnEnd();
  }

  @Override
  public int compareTo(LayerSite other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return modelLayer() + " " + site;
  }
}
