package io.superneurons.activation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which activations a row holds: the captured sites of the captured layers, each a vector.
 *
 * @param tower layers of the vision tower that were captured; none where no site is of the tower
 * @param decoder layers of the decoder that were captured; none where no site is of the decoder
 * @param widths scalars of each captured site
 */
public record ActivationLayout(CapturedLayers tower, CapturedLayers decoder, SiteWidths widths)
    implements Serializable {
  public ActivationLayout {
    Objects.requireNonNull(tower, "tower");
    Objects.requireNonNull(decoder, "decoder");
    Objects.requireNonNull(widths, "widths");
    requireCaptured(Part.TOWER, tower, widths);
    requireCaptured(Part.DECODER, decoder, widths);
    if (decoder.layers() < 1) {
      throw new IllegalArgumentException("A model has at least one layer");
    }
  }

  /** Every layer of the decoder captured, and nothing of the tower. */
  public static ActivationLayout ofAllLayers(int layers, Map<Site, Integer> widths) {
    return new ActivationLayout(
        CapturedLayers.NONE, CapturedLayers.all(layers), SiteWidths.same(widths));
  }

  private static void requireCaptured(Part part, CapturedLayers layers, SiteWidths widths) {
    boolean sites = widths.sites().stream().anyMatch(site -> site.part() == part);
    if (sites == layers.captured().isEmpty()) {
      throw new IllegalArgumentException(
          sites
              ? String.format(
                  Locale.ROOT, "A layout with sites of the %s needs a captured layer of it", part)
              : String.format(
                  Locale.ROOT,
                  "A layout without sites of the %s has no captured layers of it",
                  part));
    }
  }

  /** Layers of the decoder. */
  public int layers() {
    return decoder.layers();
  }

  /** The layers of a part of the model. */
  public CapturedLayers of(Part part) {
    return part == Part.TOWER ? tower : decoder;
  }

  /**
   * What it has of one part of the model.
   *
   * @throws IllegalArgumentException if it has nothing of it
   */
  public ActivationLayout only(Part part) {
    Set<Site> sites = new TreeSet<>(widths.sites());
    sites.removeIf(site -> site.part() != part);
    SiteWidths own = widths.only(sites);
    return part == Part.TOWER
        ? new ActivationLayout(tower, CapturedLayers.noneOf(layers()), own)
        : new ActivationLayout(CapturedLayers.NONE, decoder, own);
  }

  /** The captured layers, as a row passes them. */
  public List<ModelLayer> captured() {
    List<ModelLayer> layers = new ArrayList<>();
    for (Part part : Part.values()) {
      of(part).captured().forEach(layer -> layers.add(new ModelLayer(part, layer)));
    }
    return List.copyOf(layers);
  }

  /** The Parquet columns: by layer, as a row passes them, then by site. */
  public List<LayerSite> columns() {
    List<LayerSite> columns = new ArrayList<>();
    for (ModelLayer layer : captured()) {
      for (Site site : widths.sites()) {
        LayerSite column = new LayerSite(layer.number(), site);
        if (site.part() == layer.part() && width(column) > 0) {
          columns.add(column);
        }
      }
    }
    return List.copyOf(columns);
  }

  /** The captured sites. */
  public Set<Site> sites() {
    return widths.sites();
  }

  /**
   * Scalars of a layer's site; 0 where the layer has none of it.
   *
   * @throws IllegalArgumentException if the site was not captured
   */
  public int width(LayerSite column) {
    return widths.of(column);
  }

  /** Scalars per row over all captured layers and sites: the number of neurons. */
  public long neurons() {
    return columns().stream().mapToLong(this::width).sum();
  }
}
