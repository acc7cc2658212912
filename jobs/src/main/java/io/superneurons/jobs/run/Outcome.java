package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.wave.RowCounts;
import java.io.PrintWriter;

/**
 * What came of a run.
 *
 * @param counts counts of the rows that it tried
 * @param all counts of all rows that the folder holds
 * @param seconds how long it took
 * @param end why it ended
 */
public record Outcome(RowCounts counts, RowCounts all, double seconds, End end) {
  /** Why a run ended; only one that is done has no row of its input left. */
  enum End {
    DONE,
    TOO_MANY_ERRORS,
    NOTHING_DONE,
    STOPPED
  }

  /** Whether no row of the input is left. */
  public boolean isDone() {
    return end == End.DONE;
  }

  /** Prints what the run did. */
  public void print(String job, RunPlan plan, PrintWriter out) {
    if (plan.pending() == 0) {
      out.printf("%s: nothing to do, %s done before%n", job, Plural.text(plan.done(), "row"));
      return;
    }
    out.printf(
        "%s: %s done, %,d failed, %,d done before, in %s (%.1f rows/s)%n",
        job,
        Plural.text(counts.rows(), "row"),
        counts.errorCount(),
        plan.done(),
        Progress.duration(seconds),
        counts.rows() / seconds);
    if (counts.errorCount() > 0) {
      out.printf("  errors   %s%n", counts.errorsByName());
    }
  }
}
