package io.superneurons.jobs.label;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.Option;

/** Options of a run that labels what is new in its input, into a partition of its own. */
final class IncrementalOptions {
  @Option(
      names = "--incremental",
      description =
          "Label only images that no row of the output folder is about as they are now; new rows go"
              + " to a folder named by the date of the run. Takes up what was stopped, as --resume.")
  private boolean incremental;

  @Option(
      names = "--incremental-by",
      paramLabel = "file|content",
      defaultValue = "file",
      description =
          "What tells that an image changed: length and modification time of its file, or its"
              + " content, for which every image is read on every run (default: ${DEFAULT-VALUE}).")
  private ImageVersions.By by;

  @Option(
      names = "--run-date",
      paramLabel = "YYYY-MM-DD",
      description = "Names the folder of new rows, run_date=YYYY-MM-DD; today in UTC by default.")
  private LocalDate runDate;

  boolean isAsked() {
    return incremental;
  }

  ImageVersions.By by() {
    return by;
  }

  /** Folder of the new rows, below the output folder; empty for the output folder itself. */
  String partition() {
    if (!incremental) {
      if (runDate != null) {
        throw new ConfigurationException("--run-date names a folder of --incremental; add that");
      }
      return "";
    }
    if (runDate == null) {
      runDate = LocalDate.now(ZoneOffset.UTC); // once: a run may go on past midnight
    }
    return "run_date=" + runDate;
  }

  /** What becomes of the output folder: what is there stays. */
  Existing existing(Existing asked) {
    return incremental && asked == Existing.REFUSE ? Existing.RESUME : asked;
  }
}
