package io.superneurons.jobs.model;

import io.superneurons.jobs.cli.HelpGroup;
import picocli.CommandLine.Option;

/** Where fetched checkpoints are kept. */
@HelpGroup(value = "The model", example = "--model llava-1.5-7b --batch-size 8")
final class CacheOption {
  @Option(
      names = "--model-cache",
      paramLabel = "DIR",
      defaultValue = "",
      description =
          "Where each host keeps checkpoints that it fetched. Default: .cache/superneurons/models"
              + " in the home folder, or superneurons-models-USER in the temporary folder where"
              + " there is no home folder.")
  private String folder;

  /** The folder as it was given, or empty: each host has its own default. */
  String folder() {
    return folder;
  }
}
