package io.superneurons.activation;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Locale;

/**
 * One site of one decoder layer: one vector of activations per row, stored as one column of a
 * Parquet file.
 *
 * @param layer zero-based decoder layer
 * @param site where in the layer
 */
public record LayerSite(int layer, Site site) implements Comparable<LayerSite>, Serializable {
  private static final Comparator<LayerSite> ORDER =
      Comparator.comparingInt(LayerSite::layer).thenComparing(LayerSite::site);

  public LayerSite {
    if (layer < 0 || layer > 9999) {
      throw new IllegalArgumentException("layer must be from 0 to 9999, not " + layer);
    }
  }

  /** The Parquet column, such as {@code l03_attn_z}. */
  public String column() {
    return String.format(Locale.ROOT, "l%02d_%s", layer, site.label());
  }

  @Override
  public int compareTo(LayerSite other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "layer " + layer + " " + site;
  }
}
