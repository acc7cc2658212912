package io.superneurons.neuron.rule;

import io.superneurons.neuron.statistics.Confusion;
import java.io.Serializable;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A rule with its numbers: makes a label index of a value.
 *
 * <p>Cut rules have a threshold and a polarity: a value above the threshold means label 1 by
 * polarity 1, label 0 by polarity -1. A {@link Rule#ONE_VS_REST} detector votes for its own label
 * on the side its polarity names, and for none on the other. {@link Rule#NEAREST_MEAN} has a mean a
 * label and polarity 1.
 */
public final class FittedRule implements Serializable {
  private static final long serialVersionUID = 1;
  private static final double[] NONE = {};
  private static final int[] NO_LABELS = {};

  private final Rule rule;
  private final int detected;
  private final int polarity;
  private final double threshold;
  private final double[] means;

  /** Labels by ascending mean. */
  private final int[] ascending;

  private FittedRule(Rule rule, int detected, int polarity, double threshold, double[] means) {
    if (polarity != 1 && polarity != -1) {
      throw new IllegalArgumentException("polarity is 1 or -1, not " + polarity);
    }
    this.rule = rule;
    this.detected = detected;
    this.polarity = polarity;
    this.threshold = threshold;
    this.means = means;
    this.ascending =
        means.length == 0
            ? NO_LABELS
            : IntStream.range(0, means.length)
                .boxed()
                .sorted(Comparator.comparingDouble(label -> means[label]))
                .mapToInt(Integer::intValue)
                .toArray();
  }

  /** A two-way rule: above or below the threshold. */
  public static FittedRule cut(Rule rule, int polarity, double threshold) {
    return new FittedRule(rule, Confusion.NO_LABEL, polarity, threshold, NONE);
  }

  /** A rule that votes for one label or not at all. */
  public static FittedRule detector(int label, int polarity, double threshold) {
    return new FittedRule(Rule.ONE_VS_REST, label, polarity, threshold, NONE);
  }

  /** The nearest class mean; one mean a label. */
  public static FittedRule nearestMean(double[] means) {
    return new FittedRule(Rule.NEAREST_MEAN, Confusion.NO_LABEL, 1, 0, means.clone());
  }

  /**
   * The label index that the value means.
   *
   * @return {@link Confusion#NO_LABEL} for a NaN, and where a detector does not fire
   */
  public int vote(double value) {
    if (Double.isNaN(value)) {
      return Confusion.NO_LABEL;
    }
    return switch (rule) {
      case ZERO, MIDPOINT, BEST_CUT -> isOnPositiveSide(value) ? 1 : 0;
      case NEAREST_MEAN -> nearest(value);
      case ONE_VS_REST -> isOnPositiveSide(value) ? detected : Confusion.NO_LABEL;
    };
  }

  private boolean isOnPositiveSide(double value) {
    return value > threshold == (polarity > 0);
  }

  /** At equal distance the earlier label. Distances grow on both sides of the nearest mean. */
  private int nearest(double value) {
    int right = above(value);
    double left = distance(right - 1, value);
    double best = Double.isNaN(left) ? distance(right, value) : left;
    best = distance(right, value) < best ? distance(right, value) : best;
    int nearest = means.length;
    for (int i = right - 1; distance(i, value) <= best; i--) {
      nearest = Math.min(nearest, ascending[i]);
    }
    for (int i = right; distance(i, value) <= best; i++) {
      nearest = Math.min(nearest, ascending[i]);
    }
    return nearest;
  }

  /** How many means are at most that. */
  private int above(double value) {
    int low = 0;
    int high = means.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (means[ascending[middle]] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** NaN, which is at most nothing, where there is no such mean. */
  private double distance(int i, double value) {
    return i < 0 || i == means.length ? Double.NaN : Math.abs(value - means[ascending[i]]);
  }

  public Rule rule() {
    return rule;
  }

  /** The label index that a detector stands for; {@link Confusion#NO_LABEL} for other rules. */
  public int detected() {
    return detected;
  }

  public int polarity() {
    return polarity;
  }

  /** The one threshold, or none for {@link Rule#NEAREST_MEAN}. */
  public double[] thresholds() {
    return rule == Rule.NEAREST_MEAN ? NONE : new double[] {threshold};
  }

  /** The means of {@link Rule#NEAREST_MEAN}, one a label; else none. */
  public double[] means() {
    return means.clone();
  }
}
