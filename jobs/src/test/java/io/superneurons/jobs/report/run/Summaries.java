package io.superneurons.jobs.report.run;

import io.superneurons.jobs.run.RunSummary;
import java.util.Locale;

/** Summaries of runs of label, as it writes them. */
final class Summaries {
  private Summaries() {}

  /** Of a run of so many rows, ten a second, which all left after layer 1. */
  static RunSummary ofLabel(long rows) {
    return of(rows, 0, 0);
  }

  /** Of a run that found so many rows done, and none to do. */
  static RunSummary ofNothingToDo(long rows) {
    return of(0, rows, 0);
  }

  /** Of a run of so many rows, some of which are undecided. */
  static RunSummary withUndecided(long rows, long undecided) {
    return of(rows, 0, undecided);
  }

  private static RunSummary of(long done, long doneBefore, long undecided) {
    String json =
        """
        {"format": "superneurons-run-summary", "version": 1, "job": "label",
         "started": "2026-11-30T15:21:34Z", "ended": "2026-11-30T15:21:35Z", "end": "done",
         "seconds": 1, "input_rows": %1$d, "done_before": %3$d, "done": %2$d, "failed": 0, "left": 0,
         "rows_per_second": 10, "errors": {}, "error_share": 0, "tokens": 0, "partition_rows": %1$d,
         "tasks": [{"task": "cat", "rows": %1$d, "labels": {"yes": %5$d, "": %4$d},
          "undecided": %4$d, "labelled_rows": 0, "exits": [
          {"source": "super_neurons", "exit_layer": 1, "rows": %1$d, "share": 1}]}]}
        """;
    long rows = done + doneBefore;
    return RunSummary.fromJson(
        String.format(Locale.ROOT, json, rows, done, doneBefore, undecided, rows - undecided),
        "test");
  }
}
