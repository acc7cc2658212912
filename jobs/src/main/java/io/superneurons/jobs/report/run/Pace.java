package io.superneurons.jobs.report.run;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.run.RunSummary;
import io.superneurons.jobs.run.TaskSummary;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How fast a run was, so that what other exits would take can be estimated.
 *
 * @param passes whole passes per second, or as many parts as come to one
 * @param job which stage was timed
 * @param rows how many rows it did
 */
public record Pace(double passes, String job, long rows) {
  private static final double MILLION = 1e6;

  /** Of fewer rows most of the time goes to starting. */
  static final int FEWEST_ROWS = 100;

  /** Of a run of extract that had rows enough: each row took a whole pass. */
  public static Optional<Pace> ofExtract(RunSummary run) {
    return run.done() < FEWEST_ROWS
        ? Optional.empty()
        : Optional.of(new Pace(run.rowsPerSecond(), run.job(), run.done()));
  }

  /**
   * Of a run of label that had rows enough, by the exits that its rows took.
   *
   * @param share of a whole pass that an exit takes
   */
  public static Optional<Pace> ofLabel(RunSummary run, ToDoubleFunction<ModelLayer> share) {
    double work = 0;
    long rows = 0;
    for (TaskSummary task : run.tasks()) {
      for (TaskSummary.Exit exit : task.exits()) {
        work += exit.rows() * exit.layer().map(share::applyAsDouble).orElse(1.0);
        rows += exit.rows();
      }
    }
    return run.done() < FEWEST_ROWS || work == 0
        ? Optional.empty()
        : Optional.of(new Pace(run.rowsPerSecond() * work / rows, run.job(), run.done()));
  }

  /** Images per second, each with one question, where a pass does that share of the work. */
  public double images(double share) {
    return passes / share;
  }

  /** Such as {@code about 210 images a second, 1 h 20 min per million}. */
  public String text(double share) {
    return String.format(
        Locale.ROOT,
        "about %s images a second, %s per million",
        Numbers.pace(images(share)),
        duration(MILLION / images(share)));
  }

  private static String duration(double seconds) {
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%.0f min", Math.max(1, seconds / 60));
    }
    return seconds < 36_000
        ? String.format(Locale.ROOT, "%.1f h", seconds / 3600)
        : String.format(Locale.ROOT, "%,.0f h", seconds / 3600);
  }
}
