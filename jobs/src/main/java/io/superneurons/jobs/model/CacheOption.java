package io.superneurons.jobs.model;

import picocli.CommandLine.Option;

/** Where fetched checkpoints are kept. */
final class CacheOption {
  @Option(
      names = "--model-cache",
      paramLabel = "DIR",
      defaultValue = "",
      description =
          "Where each host keeps checkpoints that it fetched. Default: .cache/superneurons/models in"
              + " the home folder, or superneurons-models-USER in the temporary folder where there is"
              + " no home folder.")
  private String folder;

  /** The folder as it was given, or empty: each host has its own default. */
  String folder() {
    return folder;
  }
}
