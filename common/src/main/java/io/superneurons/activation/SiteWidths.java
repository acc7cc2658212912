package io.superneurons.activation;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many scalars each site's vector has.
 *
 * @param usual of each site, in the order of {@link Site}
 * @param others of the columns that have another width than their site's usual one: where a
 *     decoder's layers are not all of one kind, {@code attn_z} may have several; 0 of a layer that
 *     has none of the site, such as {@code mlp_post} of a mixture without a shared expert
 */
public record SiteWidths(Map<Site, Integer> usual, Map<LayerSite, Integer> others)
    implements Serializable {
  public SiteWidths {
    usual = Collections.unmodifiableMap(new TreeMap<>(usual));
    others = Collections.unmodifiableMap(new TreeMap<>(others));
    if (usual.isEmpty()) {
      throw new IllegalArgumentException("A layout needs at least one site");
    }
    usual.forEach((site, width) -> requireAtLeast(1, site, width));
    others.forEach((column, width) -> requireAtLeast(0, column, width));
    for (LayerSite column : others.keySet()) {
      if (!usual.containsKey(column.site())) {
        throw new IllegalArgumentException(
            "There is a width of " + column + " but not of its site");
      }
    }
  }

  /** The same in every layer. */
  public static SiteWidths same(Map<Site, Integer> widths) {
    return new SiteWidths(widths, Map.of());
  }

  private static void requireAtLeast(int least, Object what, int width) {
    if (width < least) {
      throw new IllegalArgumentException(
          "The width of " + what + " must be at least " + least + ": " + width);
    }
  }

  /** The sites, in the order of {@link Site}. */
  public Set<Site> sites() {
    return usual.keySet();
  }

  /**
   * A site's width in most layers.
   *
   * @throws IllegalArgumentException if there is no such site
   */
  public int usual(Site site) {
    Integer width = usual.get(site);
    if (width == null) {
      throw new IllegalArgumentException(
          "Site " + site + " was not captured; captured: " + usual.keySet());
    }
    return width;
  }

  /**
   * The width of a layer's site.
   *
   * @throws IllegalArgumentException if there is no such site
   */
  public int of(LayerSite column) {
    Integer other = others.get(column);
    return other == null ? usual(column.site()) : other;
  }

  /** Those of some sites. */
  public SiteWidths only(Set<Site> sites) {
    Map<Site, Integer> kept = new TreeMap<>(usual);
    kept.keySet().retainAll(sites);
    Map<LayerSite, Integer> keptOthers = new TreeMap<>(others);
    keptOthers.keySet().removeIf(column -> !sites.contains(column.site()));
    return new SiteWidths(kept, keptOthers);
  }
}
