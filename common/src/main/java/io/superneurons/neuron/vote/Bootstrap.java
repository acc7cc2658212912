package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.statistics.VoteRanks;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The interval that holds a metric in 95% of resamplings of the rows (percentile bootstrap).
 *
 * @param low the 2.5th percentile
 * @param high the 97.5th percentile
 */
public record Bootstrap(double low, double high) {
  private static final int RESAMPLINGS = 1000;

  /**
   * The interval of each metric.
   *
   * @param given label index of each row [rows]
   * @param verdicts on the same rows
   * @param labels how many labels there are
   * @param seed the same seed resamples the same rows
   * @return one interval per metric, in the order of {@link Metric} [metrics]
   */
  public static Bootstrap[] of(int[] given, Verdicts verdicts, int labels, long seed) {
    Metric[] metrics = Metric.values();
    double[][] values = new double[metrics.length][RESAMPLINGS];
    VoteRanks ranks = verdicts.votes() ? VoteRanks.of(verdicts.weights(), given, labels) : null;
    SplittableRandom random = new SplittableRandom(seed);
    Kinds kinds = Kinds.of(given, verdicts.predicted());
    for (int resampling = 0; resampling < RESAMPLINGS; resampling++) {
      int[] counts = new int[given.length];
      for (int i = 0; i < given.length; i++) {
        counts[random.nextInt(given.length)]++;
      }
      Confusion confusion = kinds.confusion(counts, labels);
      for (int m = 0; m < metrics.length; m++) {
        boolean ranked = metrics[m] == Metric.AUC && ranks != null;
        values[m][resampling] = ranked ? ranks.auc(counts) : metrics[m].of(confusion);
      }
    }
    return Arrays.stream(values).map(Bootstrap::interval).toArray(Bootstrap[]::new);
  }

  /**
   * Rows grouped by label and prediction: a resampling need only count how often each kind was
   * drawn.
   *
   * @param ofRow the kind of each row [rows]
   * @param given the label of each kind [kinds]
   * @param predicted the prediction of each kind [kinds]
   */
  private record Kinds(int[] ofRow, int[] given, int[] predicted) {
    static Kinds of(int[] given, int[] predicted) {
      Map<List<Integer>, Integer> known = new LinkedHashMap<>();
      int[] ofRow = new int[given.length];
      for (int row = 0; row < ofRow.length; row++) {
        List<Integer> kind = List.of(given[row], predicted[row]);
        Integer other = known.putIfAbsent(kind, known.size());
        ofRow[row] = other == null ? known.size() - 1 : other;
      }
      return new Kinds(
          ofRow,
          known.keySet().stream().mapToInt(kind -> kind.get(0)).toArray(),
          known.keySet().stream().mapToInt(kind -> kind.get(1)).toArray());
    }

    /**
     * The confusion of one resampling.
     *
     * @param counts how often each row was drawn [rows]
     * @param labels how many labels there are
     */
    Confusion confusion(int[] counts, int labels) {
      int[] ofKinds = new int[given.length];
      for (int row = 0; row < ofRow.length; row++) {
        ofKinds[ofRow[row]] += counts[row];
      }
      Confusion confusion = new Confusion(labels);
      for (int kind = 0; kind < ofKinds.length; kind++) {
        confusion.add(given[kind], predicted[kind], ofKinds[kind]);
      }
      return confusion;
    }
  }

  private static Bootstrap interval(double[] values) {
    Arrays.sort(values);
    return new Bootstrap(percentile(values, 0.025), percentile(values, 0.975));
  }

  /** Interpolates linearly between neighbours, as NumPy does by default. */
  private static double percentile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
