package io.superneurons.jobs.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that every command has. */
@HelpGroup(value = GroupedOptions.COMMON, example = "")
public final class HelpOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties file with any of these options, its keys without dashes; a path or an"
              + " address (s3a://, hdfs://). The command line overrides it.")
  private Path config;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
  private boolean version;
}
