package io.superneurons.neuron;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The interval that 95% of resamplings of the rows give (percentile bootstrap).
 *
 * @param low the 2.5th percentile
 * @param high the 97.5th percentile
 */
public record Bootstrap(double low, double high) {
  private static final int RESAMPLINGS = 1000;

  /**
   * The interval of each metric.
   *
   * @param given label indexes
   * @param verdicts on the same rows
   * @param seed the same seed resamples the same rows
   * @return one a metric, in the order of {@link Metric}
   */
  public static Bootstrap[] of(int[] given, Verdicts verdicts, int labels, long seed) {
    Metric[] metrics = Metric.values();
    double[][] values = new double[metrics.length][RESAMPLINGS];
    VoteRanks ranks = verdicts.votes() ? VoteRanks.of(verdicts.weights(), given, labels) : null;
    SplittableRandom random = new SplittableRandom(seed);
    for (int resampling = 0; resampling < RESAMPLINGS; resampling++) {
      int[] counts = new int[given.length];
      for (int i = 0; i < given.length; i++) {
        counts[random.nextInt(given.length)]++;
      }
      Confusion confusion = new Confusion(labels);
      for (int row = 0; row < given.length; row++) {
        confusion.add(given[row], verdicts.predicted()[row], counts[row]);
      }
      for (int m = 0; m < metrics.length; m++) {
        boolean ranked = metrics[m] == Metric.AUC && ranks != null;
        values[m][resampling] = ranked ? ranks.auc(counts) : metrics[m].of(confusion);
      }
    }
    return Arrays.stream(values).map(Bootstrap::interval).toArray(Bootstrap[]::new);
  }

  private static Bootstrap interval(double[] values) {
    Arrays.sort(values);
    return new Bootstrap(percentile(values, 0.025), percentile(values, 0.975));
  }

  /** Linear between the neighbours, as NumPy's default. */
  private static double percentile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
