package io.superneurons.model.pass;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Part;
import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What a pass over a batch is to give.
 *
 * @param wanted activations wanted, by layer and site
 * @param maxNewTokens longest answer to generate greedily; 0 for none
 */
public record Capture(SortedMap<LayerSite, SiteNeurons> wanted, int maxNewTokens) {
  public Capture {
    wanted = Collections.unmodifiableSortedMap(new TreeMap<>(wanted));
    if (maxNewTokens < 0) {
      throw new IllegalArgumentException("max-new-tokens must not be negative: " + maxNewTokens);
    }
    if (wanted.isEmpty() && maxNewTokens == 0) {
      throw new IllegalArgumentException("Neither activations nor an answer are asked for");
    }
  }

  /** Whole sites only. */
  public static Capture of(Collection<LayerSite> columns) {
    return new Capture(whole(columns), 0);
  }

  /** Whole sites and the model's own greedy answer. */
  public static Capture withAnswer(Collection<LayerSite> columns, int maxNewTokens) {
    return new Capture(whole(columns), maxNewTokens);
  }

  /** Chosen neurons only; in the layer where a pass exits, only what they need is computed. */
  public static Capture ofNeurons(Map<LayerSite, SiteNeurons> wanted) {
    return ofNeurons(wanted, 0);
  }

  /**
   * Chosen neurons, and answers for the rows that go on to the end.
   *
   * @param maxNewTokens longest answer; 0 for none
   */
  public static Capture ofNeurons(Map<LayerSite, SiteNeurons> wanted, int maxNewTokens) {
    return new Capture(new TreeMap<>(wanted), maxNewTokens);
  }

  private static SortedMap<LayerSite, SiteNeurons> whole(Collection<LayerSite> columns) {
    SortedMap<LayerSite, SiteNeurons> wanted = new TreeMap<>();
    columns.forEach(column -> wanted.put(column, SiteNeurons.all()));
    return wanted;
  }

  /** Layers and sites of which something is wanted. */
  public SortedSet<LayerSite> columns() {
    return Collections.unmodifiableSortedSet(new TreeMap<>(wanted).navigableKeySet());
  }

  /** Whether the model is to answer. */
  public boolean answer() {
    return maxNewTokens > 0;
  }

  /** The deepest layer of which something is wanted; empty if there is none. */
  public Optional<ModelLayer> deepest() {
    return wanted.isEmpty() ? Optional.empty() : Optional.of(wanted.lastKey().modelLayer());
  }

  /** The deepest layer of a part of the model of which something is wanted. */
  Optional<ModelLayer> deepest(Part part) {
    return wanted.keySet().stream()
        .map(LayerSite::modelLayer)
        .filter(layer -> layer.part() == part)
        .max(Comparator.naturalOrder());
  }

  /** Whether any row may go beyond that layer. */
  boolean goesBeyond(ModelLayer layer) {
    return answer() || deepest().map(deepest -> deepest.compareTo(layer) > 0).orElse(false);
  }

  /** What is wanted of a layer. */
  Map<Site, SiteNeurons> neurons(ModelLayer layer) {
    Map<Site, SiteNeurons> neurons = new EnumMap<>(Site.class);
    wanted.forEach(
        (column, some) -> {
          if (column.modelLayer().equals(layer)) {
            neurons.put(column.site(), some);
          }
        });
    return neurons;
  }
}
