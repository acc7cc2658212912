package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.statistics.VoteRanks;
import io.superneurons.neuron.statistics.Wilson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The interval of 95% of a metric. Accuracy's is Wilson's ({@link Wilson}). That of other metrics
 * holds them in 95% of resamplings of the images, each with all its rows (percentile bootstrap). It
 * reaches at least as far as the metric would move if accuracy moved to an end of its own interval,
 * with equal shares of all labels wrong: resamplings of rows that are nearly all right know too
 * little of wrong ones.
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
   * @param images number of each row's image, from 0 [rows]
   * @param verdicts on the same rows
   * @param labels how many labels there are
   * @param seed the same seed resamples the same images
   * @return one interval per metric, in the order of {@link Metric} [metrics]
   */
  public static Bootstrap[] of(
      int[] given, int[] images, Verdicts verdicts, int labels, long seed) {
    Metric[] metrics = Metric.values();
    double[][] values = new double[metrics.length][RESAMPLINGS];
    VoteRanks ranks = verdicts.votes() ? VoteRanks.of(verdicts.weights(), given, labels) : null;
    SplittableRandom random = new SplittableRandom(seed);
    Kinds kinds = Kinds.of(given, verdicts.predicted());
    int[] distinct = Arrays.stream(images).distinct().toArray();
    int[] drawn = new int[Arrays.stream(distinct).max().orElse(0) + 1];
    for (int resampling = 0; resampling < RESAMPLINGS; resampling++) {
      Arrays.fill(drawn, 0);
      for (int i = 0; i < distinct.length; i++) {
        drawn[distinct[random.nextInt(distinct.length)]]++;
      }
      int[] counts = Arrays.stream(images).map(image -> drawn[image]).toArray();
      Confusion confusion = kinds.confusion(counts, labels);
      for (int m = 0; m < metrics.length; m++) {
        boolean ranked = metrics[m] == Metric.AUC && ranks != null;
        values[m][resampling] = ranked ? ranks.auc(counts) : metrics[m].of(confusion);
      }
    }
    Accuracy accuracy = Accuracy.of(given, images, verdicts, labels);
    return Arrays.stream(metrics)
        .map(
            metric ->
                metric == Metric.ACCURACY
                    ? new Bootstrap(accuracy.interval.low(), accuracy.interval.high())
                    : interval(values[metric.ordinal()])
                        .reaching(metric, verdicts.score(metric, given, labels), accuracy))
        .toArray(Bootstrap[]::new);
  }

  /** The interval that reaches as far as accuracy's does. */
  private Bootstrap reaching(Metric metric, double value, Accuracy accuracy) {
    double now = accuracy.at(metric, accuracy.value);
    double down = now - accuracy.at(metric, accuracy.interval.low());
    double up = accuracy.at(metric, accuracy.interval.high()) - now;
    return new Bootstrap(Math.min(low, value - down), Math.max(high, Math.min(1, value + up)));
  }

  /**
   * How right rows are, and between what ends that is sure.
   *
   * @param given label index of each row [rows]
   */
  private record Accuracy(double value, Wilson interval, int[] given, int labels) {
    static Accuracy of(int[] given, int[] images, Verdicts verdicts, int labels) {
      boolean[] right = new boolean[given.length];
      for (int row = 0; row < right.length; row++) {
        right[row] = verdicts.predicted()[row] == given[row];
      }
      double value = verdicts.score(Metric.ACCURACY, given, labels);
      return new Accuracy(value, Wilson.of(right, images), given, labels);
    }

    /** What a metric is where the rest of each label's rows is taken for the next label. */
    double at(Metric metric, double share) {
      Confusion confusion = new Confusion(labels);
      int grain = Math.max(1, Math.min(1000, Integer.MAX_VALUE / given.length));
      int right = (int) Math.rint(grain * share);
      for (int label : given) {
        confusion.add(label, label, right);
        confusion.add(label, (label + 1) % labels, grain - right);
      }
      return metric.of(confusion);
    }
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
