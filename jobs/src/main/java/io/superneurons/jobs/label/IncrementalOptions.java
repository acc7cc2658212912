package io.superneurons.jobs.label;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.cli.HelpGroup;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.Option;

/** Options of a run that labels what is new in its input, into a folder of its date. */
@HelpGroup(value = "Every night", example = "--incremental --run-date 2026-03-14")
final class IncrementalOptions {
  @Option(
      names = "--incremental",
      description =
          "Label only images that are new or have changed since rows of the output folder were"
              + " made; new rows go to a folder named by the date of the run. Takes up a run that"
              + " was stopped, as --resume does.")
  private boolean incremental;

  @Option(
      names = "--incremental-by",
      paramLabel = "file|content",
      defaultValue = "file",
      description =
          "What shows that an image changed: length and modification time of its file, or its"
              + " content, for which every image is read on every run. Default: ${DEFAULT-VALUE}.")
  private ImageVersions.By by;

  @Option(
      names = "--run-date",
      paramLabel = "YYYY-MM-DD",
      description = "Names the folder of new rows, run_date=YYYY-MM-DD. Default: today in UTC.")
  private LocalDate runDate;

  boolean isAsked() {
    return incremental;
  }

  ImageVersions.By by() {
    return by;
  }

  /** Folder of the new rows, below the output folder; empty for the output folder itself. */
  String dateFolder() {
    if (!incremental) {
      if (runDate != null) {
        throw new ConfigurationException(
            "--run-date names the folder of an incremental run; add --incremental");
      }
      return "";
    }
    if (runDate == null) {
      runDate = LocalDate.now(ZoneOffset.UTC); // once: a run may go on past midnight
    }
    return "run_date=" + runDate;
  }

  /** What becomes of the output folder: an incremental run keeps what is there. */
  Existing existing(Existing asked) {
    return incremental && asked == Existing.REFUSE ? Existing.RESUME : asked;
  }
}
