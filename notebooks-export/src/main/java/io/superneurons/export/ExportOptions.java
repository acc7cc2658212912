package io.superneurons.export;

import io.superneurons.activation.Site;
import io.superneurons.jobs.cli.CommonOptions;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of export, checked when they are read. */
final class ExportOptions {
  @Mixin private CommonOptions common = new CommonOptions();

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
      description = "Layers to export: all, a range such as 0-3, or a list such as 0,2,5.")
  private String layers;

  @Option(
      names = "--sites",
      split = ",",
      paramLabel = "SITE",
      description = "Sites to export. Default: all.")
  private List<String> sites = List.of();

  @Option(
      names = "--format",
      paramLabel = "parquet|csv",
      defaultValue = "parquet",
      description = "Format of the tables. Default: ${DEFAULT-VALUE}.")
  private TableFormat format;

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

  String layers() {
    return layers;
  }

  /** The sites to export, all of them where none was named. */
  Set<Site> sites() {
    Set<Site> chosen = EnumSet.noneOf(Site.class);
    try {
      sites.forEach(site -> chosen.add(Site.of(site.strip())));
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
    if (activations == null && selection == null) {
      throw new ConfigurationException(
          "Nothing to export: give --activations, --selection or both");
    }
    boolean everyNeuron = neurons().kind() == NeuronChoice.Kind.ALL;
    if (activations != null && selection == null && !everyNeuron) {
      throw new ConfigurationException(
          "--neurons " + neurons + " needs --selection; --neurons all exports every scalar");
    }
  }
}
