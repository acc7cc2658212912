package io.superneurons.jobs.run;

import io.superneurons.jobs.wave.RowCounts;
import java.io.PrintWriter;

/**
 * What came of a run.
 *
 * @param counts of the rows that it did
 * @param all counts of all rows that the folder holds
 * @param seconds it took
 * @param end why it ended
 */
public record Outcome(RowCounts counts, RowCounts all, double seconds, End end) {
  /** Why a run ended. */
  enum End {
    DONE,
    TOO_MANY_ERRORS,
    STOPPED
  }

  /** Prints what the run did. */
  public void print(String job, RunPlan plan, PrintWriter out) {
    out.printf(
        "%s: %,d rows done, %,d failed, %,d done before, in %s (%.1f rows/s)%n",
        job,
        counts.rows(),
        counts.errorCount(),
        plan.done(),
        Progress.duration(seconds),
        counts.rows() / seconds);
    if (counts.errorCount() > 0) {
      out.printf("  errors   %s%n", counts.errorsByName());
    }
  }
}
