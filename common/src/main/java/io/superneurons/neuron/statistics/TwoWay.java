package io.superneurons.neuron.statistics;

/**
 * Metrics of two-way predictions from their four counts. It is asked for every cut of every neuron,
 * so it allocates nothing.
 */
public final class TwoWay {
  private TwoWay() {}

  /** {@link Metric#of(Confusion)} of two labels that both have rows; the positive one is 1. */
  public static double score(
      Metric metric, int trueNegative, int falsePositive, int falseNegative, int truePositive) {
    double tn = trueNegative;
    double fp = falsePositive;
    double fn = falseNegative;
    double tp = truePositive;
    return switch (metric) {
      case ACCURACY -> (tn + tp) / (tn + fp + fn + tp);
      case BALANCED_ACCURACY, AUC -> (tn / (tn + fp) + tp / (fn + tp)) / 2;
      case MACRO_F1 -> ((2 * tn) / (2 * tn + fp + fn) + (2 * tp) / (2 * tp + fp + fn)) / 2;
      case MCC -> {
        double spread = (tp + fp) * (tp + fn) * ((tn + fp) * (tn + fn));
        yield spread == 0 ? 0 : (tp * tn - fp * fn) / Math.sqrt(spread);
      }
    };
  }
}
