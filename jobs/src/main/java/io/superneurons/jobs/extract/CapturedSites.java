package io.superneurons.jobs.extract;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.Part;
import io.superneurons.activation.Pooling;
import io.superneurons.activation.Site;
import io.superneurons.jobs.cli.ConfigurationException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which sites {@code --sites} and {@code --pools} name. */
final class CapturedSites {
  private CapturedSites() {}

  /**
   * The sites of the names.
   *
   * @param sites names of the decoder's sites, and of the tower's without their pooling
   * @param pools how the tower's sites are pooled; null for all ways that the tower has
   * @param whole what the model has
   * @throws ConfigurationException if a name is unknown, or the model lacks what it names
   */
  static Set<Site> of(List<String> sites, List<String> pools, ActivationLayout whole) {
    Optional<List<Pooling>> asked = Optional.ofNullable(pools).map(CapturedSites::poolings);
    Set<Site> chosen = new TreeSet<>();
    for (String name : sites) {
      List<Site> named =
          Arrays.stream(Site.values()).filter(site -> site.group().equals(name.strip())).toList();
      if (named.isEmpty()) {
        throw new ConfigurationException(
            String.format(Locale.ROOT, "--sites: no site is named '%s'; sites: %s", name, known()));
      }
      named.stream().filter(site -> isWanted(site, asked, whole)).forEach(chosen::add);
    }
    boolean ofTower = chosen.stream().anyMatch(site -> site.part() == Part.TOWER);
    if (chosen.isEmpty()) {
      throw new ConfigurationException(
          "--sites: the model has none of " + String.join(", ", sites));
    }
    if (asked.isPresent() && !ofTower) {
      throw new ConfigurationException(
          "--pools is for sites of the vision tower, and --sites names none of them");
    }
    return chosen;
  }

  private static List<Pooling> poolings(List<String> names) {
    try {
      return names.stream().map(name -> Pooling.of(name.strip())).toList();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--pools: " + e.getMessage(), e);
    }
  }

  private static boolean isWanted(
      Site site, Optional<List<Pooling>> asked, ActivationLayout whole) {
    boolean there = whole.sites().contains(site);
    if (site.part() == Part.DECODER || asked.isEmpty()) {
      return there;
    }
    boolean wanted = asked.get().contains(site.pooling().orElseThrow());
    if (wanted && !there) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--pools: the model's vision tower has no %s",
              site.pooling().get() == Pooling.CLS ? "class token, so there is no cls" : site));
    }
    return wanted;
  }

  private static String known() {
    return Arrays.stream(Site.values())
        .map(Site::group)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
