package io.superneurons.jobs.label;

import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.jobs.results.SelectionFolder;
import io.superneurons.neuron.chosen.SuperNeurons;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** Which Super Neurons label; what the option names is read when it is asked for. */
@HelpGroup(value = SelectionOption.HEADING, example = SelectionOption.EXAMPLE)
final class SelectionOption {
  static final String HEADING = "What labels";
  static final String EXAMPLE = "--superneurons selection --tasks cat,dog";

  @Option(
      names = "--superneurons",
      required = true,
      paramLabel = "FILE",
      description = "superneurons.json, or the output folder of select that holds it.")
  private String superNeurons;

  /** The file or folder, as given. */
  String source() {
    return superNeurons;
  }

  /** Reads them. */
  SuperNeurons read(Configuration conf) {
    return SelectionFolder.open(conf, superNeurons).superNeurons();
  }
}
