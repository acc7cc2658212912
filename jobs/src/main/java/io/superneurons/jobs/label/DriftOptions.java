package io.superneurons.jobs.label;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpGroup;
import picocli.CommandLine.Option;

/** How much drift is warned of and how much fails a run, see {@link DriftCheck}. */
@HelpGroup(value = "Drift", example = "--drift-fail 0.6")
final class DriftOptions {
  @Option(
      names = "--drift-warn",
      paramLabel = "X",
      defaultValue = "0.3",
      description =
          "Warn of a task whose Super Neurons drifted by more than this from what they did on the"
              + " probing rows: 1 is a mean that is off by a deviation, a deviation that doubled or"
              + " halved, or half of the votes changed, in the mean over the task's neurons."
              + " Default: ${DEFAULT-VALUE}.")
  private double warn;

  @Option(
      names = "--drift-fail",
      paramLabel = "X",
      description =
          "End with exit code 3 where the drift of a task is more than this; all rows are labelled"
              + " and kept. Default: drift never fails a run.")
  private Double fail;

  /**
   * How much a task may drift, in the mean over its neurons.
   *
   * @param warn more than this is warned of
   * @param fail more than this fails the run; infinite where no drift does
   */
  record Thresholds(double warn, double fail) {}

  /**
   * The thresholds that were asked for.
   *
   * @throws ConfigurationException if one is negative
   */
  Thresholds thresholds() {
    return new Thresholds(
        notNegative("--drift-warn", warn),
        fail == null ? Double.POSITIVE_INFINITY : notNegative("--drift-fail", fail));
  }

  private static double notNegative(String option, double value) {
    if (!(value >= 0)) {
      throw new ConfigurationException(option + " must not be negative: " + value);
    }
    return value;
  }
}
