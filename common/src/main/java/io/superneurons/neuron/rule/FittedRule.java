package io.superneurons.neuron.rule;

import io.superneurons.neuron.statistics.Confusion;
import java.io.Serializable;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A rule with its fitted numbers: turns a value into a label index.
 *
 * <p>Cut rules have a threshold and a polarity: a value above the threshold means label 1 by
 * polarity 1, label 0 by polarity -1. A {@link Rule#ONE_VS_REST} detector votes for its own label
 * on the side its polarity names, and for none on the other. {@link Rule#NEAREST_MEAN} has one mean
 * per label, and polarity 1.
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

  /** Labels by ascending mean [labels]; empty for rules without means. */
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

  /**
   * A rule that votes for the label with the nearest mean.
   *
   * @param means one per label [labels]
   */
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

  /**
   * The label of the nearest mean, at equal distance the earlier label. From the value outwards
   * distances only grow, so the search ends at the first mean that is farther than the nearest.
   */
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

  /** How many means are at most that value. */
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

  /**
   * NaN where there is no such mean: it compares as false, which ends the loops of {@link
   * #nearest}.
   */
  private double distance(int i, double value) {
    return i < 0 || i == means.length ? Double.NaN : Math.abs(value - means[ascending[i]]);
  }

  /** Which rule it is. */
  public Rule rule() {
    return rule;
  }

  /** The label index that a detector stands for; {@link Confusion#NO_LABEL} for other rules. */
  public int detected() {
    return detected;
  }

  /** 1 or -1, see the class. */
  public int polarity() {
    return polarity;
  }

  /** The threshold [1]; for {@link Rule#NEAREST_MEAN} none [0]. */
  public double[] thresholds() {
    return rule == Rule.NEAREST_MEAN ? NONE : new double[] {threshold};
  }

  /** The means of {@link Rule#NEAREST_MEAN} [labels]; for other rules none [0]. */
  public double[] means() {
    return means.clone();
  }
}
