package io.superneurons.jobs.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that every command that writes has. */
@HelpGroup(value = GroupedOptions.COMMON, example = "--overwrite")
public final class CommonOptions {
  @Mixin private HelpOptions help = new HelpOptions();

  @Option(
      names = "--overwrite",
      description = "Replace an output folder that exists; without this option it is refused.")
  private boolean overwrite;

  /** What to do with an output folder that exists already. */
  public Existing existing() {
    return overwrite ? Existing.OVERWRITE : Existing.REFUSE;
  }
}
