package io.superneurons.jobs.select.settings;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.neuron.rows.LabelsFrom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** The sizes that images had in the folders that select reads. */
public final class ImageSizes {
  private final SelectSettings settings;
  private final Configuration hadoop;
  private final Map<String, ActivationsMetadata> seen = new LinkedHashMap<>();

  private ImageSizes(SelectSettings settings, Configuration hadoop) {
    this.settings = settings;
    this.hadoop = hadoop;
  }

  /**
   * The settings for the folders of each size, in the order of the folders; where all have one size
   * it is the settings themselves.
   *
   * @throws ConfigurationException if folders differ in more than the size, or a set to evaluate on
   *     lacks a size
   */
  public static List<SelectSettings> of(SelectSettings settings, Configuration hadoop) {
    return settings.activations().size() == 1
        ? List.of(settings)
        : new ImageSizes(settings, hadoop).of();
  }

  private List<SelectSettings> of() {
    Map<SizeLimits, List<String>> bySize = new LinkedHashMap<>();
    for (String folder : settings.activations()) {
      bySize.computeIfAbsent(sizeOf(folder), size -> new ArrayList<>()).add(folder);
    }
    boolean tiles = bySize.keySet().stream().anyMatch(SizeLimits::isOfTiles);
    if (bySize.size() == 1 || bySize.containsKey(SizeLimits.OWN) && !tiles) {
      // Limits of pixels are always recorded: folders without are refused as unlike.
      return List.of(settings);
    }
    if (settings.labelsFrom() == LabelsFrom.ANSWER) {
      throw new ConfigurationException(
          "--labels-from answer: the model may answer otherwise at another size of images, so sizes"
              + " would not be compared by the same labels; give folders of one size");
    }
    requireAlike(bySize);
    requireOneKind(bySize);
    List<SelectSettings> sizes =
        bySize.entrySet().stream()
            .map(size -> settings.on(size.getValue(), evaluations(size.getKey())))
            .toList();
    requireNoOther(bySize);
    return sizes;
  }

  private void requireAlike(Map<SizeLimits, List<String>> bySize) {
    String first = settings.activations().get(0);
    SameExtraction same = new SameExtraction(first, metadata(first));
    bySize.forEach(
        (size, folders) -> same.requireAllButImages(folders.get(0), metadata(folders.get(0))));
  }

  /**
   * Pixels and tiles are of different families; only another program's folders have both. The
   * checkpoint's own number of tiles is not recorded.
   */
  private void requireOneKind(Map<SizeLimits, List<String>> bySize) {
    Map.Entry<SizeLimits, List<String>> first = bySize.entrySet().iterator().next();
    bySize.forEach(
        (size, folders) -> {
          if (size.isOfPixels() != first.getKey().isOfPixels()) {
            throw new ConfigurationException(
                String.format(
                    Locale.ROOT,
                    "--activations: %s is of images of %s, %s of %s; sizes are compared by pixels or"
                        + " by tiles, not both",
                    folders.get(0),
                    size.text(),
                    first.getValue().get(0),
                    first.getKey().text()));
          }
        });
  }

  private SizeLimits sizeOf(String folder) {
    try {
      return SizeLimits.of(metadata(folder).image());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(folder + ": image: " + e.getMessage(), e);
    }
  }

  private ActivationsMetadata metadata(String folder) {
    return seen.computeIfAbsent(folder, path -> ActivationFolders.read(path, hadoop));
  }

  private Map<String, List<String>> evaluations(SizeLimits size) {
    Map<String, List<String>> evaluations = new LinkedHashMap<>();
    settings
        .evaluations()
        .forEach(
            (name, folders) -> {
              List<String> own = folders.stream().filter(f -> sizeOf(f).equals(size)).toList();
              if (own.isEmpty()) {
                throw withoutSize(name, size, folders);
              }
              evaluations.put(name, own);
            });
    return evaluations;
  }

  private static ConfigurationException withoutSize(
      String name, SizeLimits size, List<String> folders) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "--evaluate %s=%s: none of it is of images of %s, as some of --activations are; extract"
                + " it with that size too and give one folder of each: DIR,DIR=%s",
            String.join(",", folders),
            name,
            size.text(),
            name));
  }

  private void requireNoOther(Map<SizeLimits, List<String>> bySize) {
    for (String folder : settings.folders()) {
      if (!bySize.containsKey(sizeOf(folder))) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "--evaluate: %s is of images of %s; --activations are of %s",
                folder,
                sizeOf(folder).text(),
                bySize.keySet().stream()
                    .map(SizeLimits::text)
                    .collect(Collectors.joining(", and of "))));
      }
    }
  }
}
