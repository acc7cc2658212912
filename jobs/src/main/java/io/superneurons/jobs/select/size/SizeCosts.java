package io.superneurons.jobs.select.size;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.PassCost;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.results.ActivationsFolder;
import io.superneurons.jobs.select.settings.SelectSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;

/**
 * What a pass costs at each size of images.
 *
 * @param passes one for each size, in their order
 * @param ofRows whether it is by the tokens of the rows that were run; else it is by those of an
 *     image of 640 x 480 pixels
 */
public record SizeCosts(List<PassCost> passes, boolean ofRows) {
  public SizeCosts {
    passes = List.copyOf(passes);
  }

  /**
   * Reads the costs.
   *
   * @throws ConfigurationException if folders do not say what a pass costs
   */
  static SizeCosts of(List<SelectSettings> sizes, Configuration hadoop) {
    List<List<ActivationsMetadata>> folders = new ArrayList<>();
    for (SelectSettings size : sizes) {
      folders.add(
          size.activations().stream()
              .map(folder -> ActivationsFolder.open(hadoop, folder).metadata())
              .toList());
    }
    boolean ofRows =
        folders.stream().flatMap(List::stream).allMatch(folder -> folder.costOfRows() != null);
    Function<ActivationsMetadata, PassCost> cost =
        ofRows ? ActivationsMetadata::costOfRows : ActivationsMetadata::cost;
    if (folders.stream().flatMap(List::stream).map(cost).anyMatch(Objects::isNull)) {
      throw new ConfigurationException(
          "Sizes of images are compared by what they cost, and not all of --activations say what a"
              + " pass does: extract writes it");
    }
    return new SizeCosts(folders.stream().map(size -> mean(size, cost)).toList(), ofRows);
  }

  /** Of folders whose rows are of one size. */
  private static PassCost mean(
      List<ActivationsMetadata> folders, Function<ActivationsMetadata, PassCost> cost) {
    return folders.size() == 1
        ? cost.apply(folders.get(0))
        : PassCost.mean(
            folders.stream().map(cost).toList(),
            folders.stream().mapToLong(ActivationsMetadata::rows).toArray());
  }
}
