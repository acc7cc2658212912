package io.superneurons.jobs;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that every job has. */
public final class CommonOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties file with any of these options, its keys without dashes. The command line"
              + " overrides it.")
  private Path config;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Option(
      names = "--overwrite",
      description = "Replace an existing output folder; without this it is refused.")
  private boolean overwrite;

  /** What becomes of an output folder that is there already. */
  OutputFolder.Existing existing() {
    return overwrite ? OutputFolder.Existing.OVERWRITE : OutputFolder.Existing.REFUSE;
  }
}
