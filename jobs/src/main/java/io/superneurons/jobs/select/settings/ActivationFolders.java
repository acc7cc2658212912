package io.superneurons.jobs.select.settings;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.results.ActivationsFolder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * The folders of activations that select reads, which were all extracted with one model and the
 * same settings.
 *
 * @param first the first folder's metadata, which the others agree with
 */
public record ActivationFolders(ActivationsMetadata first) {
  /**
   * Opens the metadata of all folders.
   *
   * @throws ConfigurationException if one has none, or two do not belong together
   */
  public static ActivationFolders open(SelectSettings settings, Configuration hadoop) {
    Map<String, ActivationsMetadata> all = new LinkedHashMap<>();
    settings.activations().forEach(folder -> all.put(folder, read(folder, hadoop)));
    String firstFolder = all.keySet().iterator().next();
    ActivationsMetadata first = all.get(firstFolder);
    Map<String, ActivationsMetadata> evaluated = new LinkedHashMap<>();
    settings.evaluations().values().stream()
        .flatMap(List::stream)
        .forEach(folder -> evaluated.put(folder, read(folder, hadoop)));
    SameExtraction same = new SameExtraction(firstFolder, first);
    all.forEach(same::require);
    evaluated.forEach(same::requireAllButPrompt);
    ActivationFolders folders = new ActivationFolders(first);
    folders.requireCaptured(settings, firstFolder);
    return folders;
  }

  static ActivationsMetadata read(String folder, Configuration hadoop) {
    return ActivationsFolder.open(hadoop, folder).metadata();
  }

  private void requireCaptured(SelectSettings settings, String folder) {
    Set<Site> captured = first.layout().sites();
    settings.sites().forEach((name, sites) -> requireOneOf(name, sites, captured, folder));
    if (columns(settings).isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--max-layer %s: the first layer in %s is %s",
              settings.maxLayer().orElseThrow().name(),
              folder,
              first.layout().captured().get(0).name()));
    }
  }

  private static void requireOneOf(
      String name, List<Site> sites, Set<Site> captured, String folder) {
    if (Collections.disjoint(sites, captured)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--sites %s: %s has only %s; extract with --sites %s",
              name,
              folder,
              captured,
              sites.get(0).group()));
    }
  }

  /** The Parquet columns whose neurons may be selected. */
  public List<LayerSite> columns(SelectSettings settings) {
    return first.layout().columns().stream()
        .filter(c -> isAskedFor(c.site(), settings))
        .filter(
            c -> settings.maxLayer().map(most -> c.modelLayer().compareTo(most) <= 0).orElse(true))
        .toList();
  }

  private static boolean isAskedFor(Site site, SelectSettings settings) {
    return settings.sites().isEmpty()
        || settings.sites().values().stream().anyMatch(named -> named.contains(site));
  }
}
