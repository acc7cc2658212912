package io.superneurons.neuron;

/** Fits a rule on a usable {@link Sample}. */
final class RuleFitter {
  /** Scores nearer than this are equal: only rounding tells them apart. */
  private static final double SAME = 1e-12;

  private final Metric metric;

  RuleFitter(Metric metric) {
    this.metric = metric;
  }

  FittedRule fit(Slot slot, Sample sample) {
    return switch (slot.rule()) {
      case ZERO -> betterPolarity(Rule.ZERO, 0, sample);
      case MIDPOINT -> betterPolarity(Rule.MIDPOINT, midpoint(sample), sample);
      case BEST_CUT -> {
        Cut cut = bestCut(sample, 1, metric);
        yield FittedRule.cut(Rule.BEST_CUT, cut.polarity, cut.threshold);
      }
      case NEAREST_MEAN -> FittedRule.nearestMean(sample.means());
      case ONE_VS_REST -> {
        Cut cut = bestCut(sample, slot.detected(), Metric.BALANCED_ACCURACY);
        yield FittedRule.detector(slot.detected(), cut.polarity, cut.threshold);
      }
    };
  }

  private static double midpoint(Sample sample) {
    return (sample.means()[0] + sample.means()[1]) / 2;
  }

  /** At equal scores, polarity 1. */
  private FittedRule betterPolarity(Rule rule, double threshold, Sample sample) {
    int positiveAbove = 0;
    int negativeAbove = 0;
    for (int row = 0; row < sample.rows(); row++) {
      if (sample.value(row) > threshold) {
        if (sample.given(row) == 1) {
          positiveAbove++;
        } else {
          negativeAbove++;
        }
      }
    }
    int positiveBelow = sample.count(1) - positiveAbove;
    int negativeBelow = sample.count(0) - negativeAbove;
    double up = score(metric, negativeBelow, negativeAbove, positiveBelow, positiveAbove);
    double down = score(metric, negativeAbove, negativeBelow, positiveAbove, positiveBelow);
    return FittedRule.cut(rule, down > up + SAME ? -1 : 1, threshold);
  }

  /**
   * The best cut halfway between two neighbouring distinct values. At equal scores the widest gap,
   * then the lowest cut, then polarity 1: so the answer does not depend on the order of rows.
   */
  private static Cut bestCut(Sample sample, int positive, Metric metric) {
    int positives = sample.count(positive);
    int negatives = sample.rows() - positives;
    int positiveBelow = 0;
    int negativeBelow = 0;
    Cut best = null;
    for (int rank = 0; rank + 1 < sample.rows(); rank++) {
      if (sample.sortedGiven(rank) == positive) {
        positiveBelow++;
      } else {
        negativeBelow++;
      }
      float low = sample.sortedValue(rank);
      float high = sample.sortedValue(rank + 1);
      if (low == high) {
        continue;
      }
      int positiveAbove = positives - positiveBelow;
      int negativeAbove = negatives - negativeBelow;
      double up = score(metric, negativeBelow, negativeAbove, positiveBelow, positiveAbove);
      double down = score(metric, negativeAbove, negativeBelow, positiveAbove, positiveBelow);
      double score = Math.max(up, down);
      double gap = (double) high - low;
      if (best == null
          || score > best.score + SAME
          || score > best.score - SAME && gap > best.gap) {
        best = new Cut(score, gap, low + gap / 2, down > up + SAME ? -1 : 1);
      }
    }
    return best;
  }

  private record Cut(double score, double gap, double threshold, int polarity) {}

  /** {@link Metric#of(Confusion)} of two labels, without the object: this runs for every cut. */
  private static double score(Metric metric, int tn, int fp, int fn, int tp) {
    return switch (metric) {
      case ACCURACY -> (double) (tn + tp) / (tn + fp + fn + tp);
      case BALANCED_ACCURACY -> ((double) tn / (tn + fp) + (double) tp / (fn + tp)) / 2;
      case MACRO_F1 -> ((2.0 * tn) / (2.0 * tn + fp + fn) + (2.0 * tp) / (2.0 * tp + fp + fn)) / 2;
      case MCC -> {
        double spread = (double) (tp + fp) * (tp + fn) * ((double) (tn + fp) * (tn + fn));
        yield spread == 0 ? 0 : ((double) tp * tn - (double) fp * fn) / Math.sqrt(spread);
      }
    };
  }
}
