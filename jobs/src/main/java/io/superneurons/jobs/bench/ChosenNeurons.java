package io.superneurons.jobs.bench;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Part;
import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.pass.Capture;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Neurons that the labelling pass reads, as if they had been selected: so many of a site, spread
 * evenly over it.
 *
 * @param counts neurons by the name of the site
 */
record ChosenNeurons(SortedMap<String, Integer> counts) {
  public ChosenNeurons {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    if (counts.isEmpty()) {
      throw new IllegalArgumentException("neurons must name a site, such as attn_z:8");
    }
    counts.forEach(
        (site, count) -> {
          Site.of(site);
          if (count < 1) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT, "neurons must be at least 1 of a site, not %s:%d", site, count));
          }
        });
  }

  /**
   * Reads {@code attn_z:8,mlp_post:8}.
   *
   * @param part whose sites they must be
   * @throws IllegalArgumentException if it is anything else
   */
  public static ChosenNeurons parse(Part part, String text) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (String named : text.split(",")) {
      if (!named.matches("[a-z_]+:[0-9]{1,6}")) {
        throw new IllegalArgumentException("neurons must be such as SITE:8,SITE:8, not " + text);
      }
      int colon = named.indexOf(':');
      counts.put(named.substring(0, colon), Integer.parseInt(named.substring(colon + 1)));
    }
    ChosenNeurons neurons = new ChosenNeurons(counts);
    neurons.requireOf(part);
    return neurons;
  }

  private void requireOf(Part part) {
    for (String site : counts.keySet()) {
      if (Site.of(site).part() != part) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "%s is no site of the %s", site, part));
      }
    }
  }

  /**
   * Checks that a model has so many.
   *
   * @throws IllegalArgumentException if a site has fewer
   */
  public void requireIn(ActivationLayout layout) {
    of(layout, 0);
  }

  /** The neurons of a layer. */
  Capture of(ActivationLayout layout, int layer) {
    Map<LayerSite, SiteNeurons> wanted = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          Site site = Site.of(name);
          LayerSite place = new LayerSite(layer, site);
          wanted.put(place, spread(name, count, layout.width(place)));
        });
    return Capture.ofNeurons(wanted);
  }

  private static SiteNeurons spread(String site, int count, int width) {
    if (count > width) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s has %d neurons, fewer than %d", site, width, count));
    }
    TreeSet<Integer> indices = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      indices.add((int) ((long) i * width / count));
    }
    return SiteNeurons.of(indices);
  }
}
