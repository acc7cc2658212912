package io.superneurons.model;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a pass over a batch is to give.
 *
 * @param columns layers and sites whose activations are wanted, at the last prompt position
 * @param maxNewTokens longest answer to generate greedily; 0 for none
 */
public record Capture(SortedSet<LayerSite> columns, int maxNewTokens) {
  public Capture {
    columns = Collections.unmodifiableSortedSet(new TreeSet<>(columns));
    if (maxNewTokens < 0) {
      throw new IllegalArgumentException("max-new-tokens must not be negative: " + maxNewTokens);
    }
    if (columns.isEmpty() && maxNewTokens == 0) {
      throw new IllegalArgumentException("Neither activations nor an answer are asked for");
    }
  }

  /** Activations only. */
  public static Capture of(Collection<LayerSite> columns) {
    return new Capture(new TreeSet<>(columns), 0);
  }

  /** Activations and the model's own greedy answer. */
  public static Capture withAnswer(Collection<LayerSite> columns, int maxNewTokens) {
    return new Capture(new TreeSet<>(columns), maxNewTokens);
  }

  /** Whether the model is to answer. */
  public boolean answer() {
    return maxNewTokens > 0;
  }

  /** The deepest layer that is wanted; -1 if none is. */
  int exitLayer() {
    return columns.isEmpty() ? -1 : columns.last().layer();
  }

  /** Sites wanted of a layer, in the order of {@link Site}. */
  Set<Site> sites(int layer) {
    Set<Site> sites = EnumSet.noneOf(Site.class);
    for (LayerSite column : columns) {
      if (column.layer() == layer) {
        sites.add(column.site());
      }
    }
    return sites;
  }
}
