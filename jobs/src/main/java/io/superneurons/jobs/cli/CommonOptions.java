package io.superneurons.jobs.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that every command that writes has. */
public final class CommonOptions {
  @Mixin private HelpOptions help = new HelpOptions();

  @Option(
      names = "--overwrite",
      description = "Replace an existing output folder; without this it is refused.")
  private boolean overwrite;

  /** What becomes of an output folder that is there already. */
  public Existing existing() {
    return overwrite ? Existing.OVERWRITE : Existing.REFUSE;
  }
}
