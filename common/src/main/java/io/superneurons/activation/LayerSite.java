package io.superneurons.activation;

import java.io.Serializable;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One site of one decoder layer: a vector of activations a row, and one column of a Parquet file.
 *
 * @param layer zero-based decoder layer
 * @param site where in the layer
 */
public record LayerSite(int layer, Site site) implements Comparable<LayerSite>, Serializable {
  private static final Pattern COLUMN = Pattern.compile("l(\\d{2,4})_([a-z_]+)");
  private static final Comparator<LayerSite> ORDER =
      Comparator.comparingInt(LayerSite::layer).thenComparing(LayerSite::site);

  public LayerSite {
    if (layer < 0 || layer > 9999) {
      throw new IllegalArgumentException("layer must be from 0 to 9999, not " + layer);
    }
  }

  /** The Parquet column, such as {@code l03_attn_z}. */
  public String column() {
    return String.format("l%02d_%s", layer, site.label());
  }

  /** Whether a Parquet column of that name holds activations. */
  public static boolean isColumn(String name) {
    return COLUMN.matcher(name).matches();
  }

  /**
   * The layer and site that a Parquet column holds.
   *
   * @throws IllegalArgumentException if the name is not that of a column of activations
   */
  public static LayerSite ofColumn(String name) {
    Matcher matcher = COLUMN.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is not a column of activations, such as l00_resid_post");
    }
    return new LayerSite(Integer.parseInt(matcher.group(1)), Site.of(matcher.group(2)));
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
