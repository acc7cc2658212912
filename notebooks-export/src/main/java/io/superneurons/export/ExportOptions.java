package io.superneurons.export;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Part;
import io.superneurons.activation.Site;
import io.superneurons.export.review.ReviewOptions;
import io.superneurons.jobs.cli.CommonOptions;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.jobs.cli.LayerNumbers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of export, checked when they are read. */
final class ExportOptions {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ReviewOptions review = new ReviewOptions();

  @HelpGroup(
      value = "What is read and written",
      example = "--activations activations --selection selection --output tables")
  @Option(
      names = "--activations",
      paramLabel = "DIR",
      description = "Folder that extract wrote; its values go to the table activations.")
  private String activations;

  @Option(
      names = "--selection",
      paramLabel = "DIR",
      description = "Folder that select wrote: the tables scores, evaluations and curves.")
  private String selection;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "New folder for the tables, each a folder of files in it.")
  private String output;

  @HelpGroup(value = "Which values", example = "--neurons top:50 --layers 0-3 --sites mlp_post")
  @Option(
      names = "--neurons",
      paramLabel = "selected|top:N|all",
      defaultValue = "selected",
      description =
          "Whose values: each task's Super Neurons, its N best on probing rows, or of every neuron,"
              + " which is a row for each scalar. Default: ${DEFAULT-VALUE}.")
  private String neurons;

  @Option(
      names = "--tasks",
      split = ",",
      paramLabel = "TASK",
      description = "Tasks to export. Default: all.")
  private List<String> tasks = List.of();

  @Option(
      names = "--layers",
      paramLabel = "all|A-B",
      defaultValue = "all",
      description =
          "Layers of the decoder to export: all, a range such as 0-3, or a list such as 0,2,5.")
  private String layers;

  @Option(
      names = "--tower-layers",
      paramLabel = "all|A-B",
      defaultValue = "all",
      description =
          "Layers of the vision tower to export, where they were captured. Default:"
              + " ${DEFAULT-VALUE}.")
  private String towerLayers;

  @Option(
      names = "--sites",
      split = ",",
      paramLabel = "SITE",
      description =
          "Sites to export; of the vision tower's with a pooling or all of them:"
              + " vision_mlp_post_mean, vision_mlp_post. Default: all.")
  private List<String> sites = List.of();

  @HelpGroup(value = "As what", example = "--format csv")
  @Option(
      names = "--format",
      paramLabel = "parquet|csv",
      defaultValue = "parquet",
      description = "Format of the tables. Default: ${DEFAULT-VALUE}.")
  private TableFormat format;

  ReviewOptions review() {
    return review;
  }

  Optional<String> activations() {
    return Optional.ofNullable(activations);
  }

  Optional<String> selection() {
    return Optional.ofNullable(selection);
  }

  String output() {
    return output;
  }

  Existing existing() {
    return common.existing();
  }

  NeuronChoice neurons() {
    return NeuronChoice.parse(neurons);
  }

  List<String> tasks() {
    return tasks;
  }

  /**
   * The columns to export, as a row passes them.
   *
   * @param layers how many a part of the model has; 0 where nothing of it was captured
   */
  List<LayerSite> places(ToIntFunction<Part> layers) {
    Set<Site> chosen = sites();
    List<LayerSite> places = new ArrayList<>();
    for (Part part : Part.values()) {
      int count = layers.applyAsInt(part);
      List<Site> own = chosen.stream().filter(site -> site.part() == part).toList();
      if (count > 0 && !own.isEmpty()) {
        layers(part, count)
            .forEach(layer -> own.forEach(site -> places.add(new LayerSite(layer, site))));
      }
    }
    return places;
  }

  private List<Integer> layers(Part part, int count) {
    return switch (part) {
      case TOWER -> LayerNumbers.parse("--tower-layers", towerLayers, count);
      case DECODER -> LayerNumbers.parse("--layers", layers, count);
    };
  }

  /** The sites to export, all of them where none was named. */
  private Set<Site> sites() {
    Set<Site> chosen = EnumSet.noneOf(Site.class);
    try {
      sites.forEach(site -> chosen.addAll(Site.named(site.strip())));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--sites: " + e.getMessage(), e);
    }
    return chosen.isEmpty() ? EnumSet.allOf(Site.class) : chosen;
  }

  TableFormat format() {
    return format;
  }

  /**
   * Checks what depends on more than one option.
   *
   * @throws ConfigurationException if there is nothing to export, or nothing says which neurons
   */
  void check() {
    if (review.isAsked()) {
      review.check();
      return;
    }
    if (activations == null && selection == null) {
      throw new ConfigurationException(
          "Nothing to export: give --activations, --selection or both, or --review");
    }
    boolean everyNeuron = neurons().kind() == NeuronChoice.Kind.ALL;
    if (activations != null && selection == null && !everyNeuron) {
      throw new ConfigurationException(
          "--neurons " + neurons + " needs --selection; --neurons all exports every scalar");
    }
  }
}
