package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.CommonOptions;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.cli.HelpGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say how a job over a manifest runs; none changes what its rows come to. */
@HelpGroup(value = "The run", example = "--resume --max-errors 1%")
public final class RunOptions {
  @Mixin private CommonOptions common;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results; a new one, unless --resume or --overwrite is given.")
  private String output;

  @Option(
      names = "--resume",
      description =
          "Take up the output folder where an earlier run with the same settings stopped: rows that"
              + " are done stay, those that failed or are new are done. A folder that is not there"
              + " yet is made.")
  private boolean resume;

  @Option(names = "--dry-run", description = "Print the plan and end; nothing is written.")
  private boolean dryRun;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description = "Take only the first N rows; 0 takes all. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Pieces to cut the rows into; a retry repeats one of them. 0 chooses by rows and cores."
              + " Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--rows-per-commit",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "About how many rows' results appear together; a driver that is killed loses no more. 0"
              + " chooses: 50,000, or fewer where they would take more than 8 GiB. Default:"
              + " ${DEFAULT-VALUE}.")
  private int rowsPerCommit;

  @Option(
      names = "--rows-per-file",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "About how many rows a file has. 0 chooses: 25,000, or fewer where they would take more"
              + " than 1 GiB. Default: ${DEFAULT-VALUE}.")
  private int rowsPerFile;

  @Option(
      names = "--max-errors",
      paramLabel = "N|PERCENT",
      defaultValue = "100%",
      description =
          "End the run, with what is done kept, once more rows than this failed: a number, or a"
              + " share such as 1%% that counts from 1,000 rows on, and at the end of the run."
              + " Default: ${DEFAULT-VALUE}.")
  private String maxErrors;

  /**
   * Checks the options by themselves, before anything is read or written.
   *
   * @throws ConfigurationException naming the one that makes no sense
   */
  public void require() {
    existing();
    limit();
    partitions();
    rowsPerCommit();
    rowsPerFile();
    maxErrors();
  }

  public String output() {
    return output;
  }

  /**
   * What becomes of an output folder that exists.
   *
   * @throws ConfigurationException if it is both to stay and to go
   */
  public Existing existing() {
    if (resume && common.existing() == Existing.OVERWRITE) {
      throw new ConfigurationException("--resume keeps what --overwrite removes; give one of them");
    }
    return resume ? Existing.RESUME : common.existing();
  }

  public boolean dryRun() {
    return dryRun;
  }

  /** Most rows to take; 0 for all. */
  public int limit() {
    return notNegative("--limit", limit);
  }

  /** How many pieces to cut the rows into; 0 where the plan is to choose. */
  int partitions() {
    return notNegative("--partitions", partitions);
  }

  /** Rows of a wave, about; 0 where the plan is to choose. */
  int rowsPerCommit() {
    return notNegative("--rows-per-commit", rowsPerCommit);
  }

  /** Rows of a file, about; 0 where the plan is to choose. */
  int rowsPerFile() {
    return notNegative("--rows-per-file", rowsPerFile);
  }

  /**
   * How many rows may fail.
   *
   * @throws ConfigurationException if it is neither a number nor a share
   */
  public ErrorBudget maxErrors() {
    try {
      return ErrorBudget.of(maxErrors);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--max-errors: " + e.getMessage(), e);
    }
  }

  private static int notNegative(String option, int value) {
    if (value < 0) {
      throw new ConfigurationException(option + " must not be negative: " + value);
    }
    return value;
  }
}
