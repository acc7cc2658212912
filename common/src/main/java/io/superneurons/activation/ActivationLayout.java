package io.superneurons.activation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which activations a row holds: the captured sites of the captured layers, each a vector.
 *
 * @param layers decoder layers of the model, at least 1
 * @param captured zero-based layers that were captured, ascending, each below {@code layers}
 * @param widths scalars per layer of each captured site, in the order of {@link Site}
 */
public record ActivationLayout(int layers, List<Integer> captured, Map<Site, Integer> widths)
    implements Serializable {
  public ActivationLayout {
    captured = List.copyOf(captured);
    widths = Collections.unmodifiableMap(new TreeMap<>(widths));
    requireAscending(layers, captured);
    if (widths.isEmpty()) {
      throw new IllegalArgumentException("A layout needs at least one site");
    }
    widths.forEach(ActivationLayout::requirePositive);
  }

  /** Every layer of the model captured. */
  public static ActivationLayout ofAllLayers(int layers, Map<Site, Integer> widths) {
    return new ActivationLayout(layers, IntStream.range(0, layers).boxed().toList(), widths);
  }

  private static void requireAscending(int layers, List<Integer> captured) {
    if (captured.isEmpty()) {
      throw new IllegalArgumentException("A layout needs at least one captured layer");
    }
    int previous = -1;
    for (int layer : captured) {
      if (layer <= previous || layer >= layers) {
        throw new IllegalArgumentException(
            "Captured layers must ascend below " + layers + ", not " + captured);
      }
      previous = layer;
    }
  }

  private static void requirePositive(Site site, int width) {
    if (width <= 0) {
      throw new IllegalArgumentException("The width of " + site + " must be positive: " + width);
    }
  }

  /** The Parquet columns: by layer, then by site. */
  public List<LayerSite> columns() {
    List<LayerSite> columns = new ArrayList<>();
    for (int layer : captured) {
      widths.keySet().forEach(site -> columns.add(new LayerSite(layer, site)));
    }
    return List.copyOf(columns);
  }

  /**
   * Scalars of that site in each layer.
   *
   * @throws IllegalArgumentException if the site was not captured
   */
  public int width(Site site) {
    Integer width = widths.get(site);
    if (width == null) {
      throw new IllegalArgumentException(
          "Site " + site + " was not captured; captured: " + widths.keySet());
    }
    return width;
  }

  /** Scalars per row over all captured layers and sites: the number of neurons. */
  public long neurons() {
    return captured.size() * widths.values().stream().mapToLong(Integer::longValue).sum();
  }
}
