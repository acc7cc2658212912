package io.superneurons.neuron.baseline;

import io.superneurons.neuron.statistics.RidgeSystem;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * A linear classifier of a whole vector of activations, such as a layer's residual stream: the
 * baseline that single neurons are compared with. It is scikit-learn's {@code RidgeClassifier}:
 * targets of 1 for a label and -1 for the others, least squares with a penalty; of two labels the
 * sign decides, of more the largest value, the earlier label where equal.
 */
public final class LinearProbe implements Serializable {
  private static final long serialVersionUID = 1;

  /** Penalties that are tried, the strongest first, as shares of the rows' {@code spread}. */
  private static final double[] PENALTIES = {10, 1, 0.1, 0.01, 0.001};

  private final double[][] weights; // [targets, features]
  private final double[] intercepts; // [targets]

  private LinearProbe(RidgeSystem.Weights solution) {
    this.weights = solution.weights();
    this.intercepts = solution.intercepts();
  }

  /** How many penalties there are. */
  public static int penalties() {
    return PENALTIES.length;
  }

  /** Bytes that fitting takes. */
  public static long bytes(long rows, long features, int labels) {
    return RidgeSystem.bytes(rows, features) + Double.BYTES * labels * (rows + features);
  }

  /**
   * Fits one probe per penalty.
   *
   * @param features [features, rows]; finite
   * @param given label index of each row [rows]
   * @param labels how many labels there are
   * @param penalties by number, 0 the strongest
   * @return in the order of the penalties; nothing where all rows are the same
   */
  public static List<LinearProbe> fit(
      double[][] features, int[] given, int labels, int... penalties) {
    RidgeSystem system = new RidgeSystem(features);
    double spread = system.spread();
    if (!(spread > 0)) {
      return List.of();
    }
    double[][] targets = targets(given, labels);
    return Arrays.stream(penalties)
        .mapToObj(i -> new LinearProbe(system.solve(targets, PENALTIES[i] * spread)))
        .toList();
  }

  /**
   * Fits one probe.
   *
   * @param features [features, rows]; finite
   * @param given label index of each row [rows]
   * @param labels how many labels there are
   * @param alpha the penalty, positive
   */
  static LinearProbe withPenalty(double[][] features, int[] given, int labels, double alpha) {
    return new LinearProbe(new RidgeSystem(features).solve(targets(given, labels), alpha));
  }

  /** What is fitted: 1 or -1 [targets, rows]; one target for two labels, else one per label. */
  private static double[][] targets(int[] given, int labels) {
    double[][] targets = new double[labels == 2 ? 1 : labels][given.length];
    for (int t = 0; t < targets.length; t++) {
      int label = labels == 2 ? 1 : t;
      for (int row = 0; row < given.length; row++) {
        targets[t][row] = given[row] == label ? 1 : -1;
      }
    }
    return targets;
  }

  /**
   * The fitted targets' values [targets]: the sign of the one decides for two labels, else the
   * largest.
   *
   * @param row its features [features]
   */
  double[] decisions(double[] row) {
    double[] decisions = intercepts.clone();
    for (int t = 0; t < decisions.length; t++) {
      for (int f = 0; f < row.length; f++) {
        decisions[t] += weights[t][f] * row[f];
      }
    }
    return decisions;
  }

  /**
   * The label index of a row.
   *
   * @param row its features [features]
   */
  public int predict(double[] row) {
    double[] decisions = decisions(row);
    if (decisions.length == 1) {
      return decisions[0] > 0 ? 1 : 0;
    }
    int best = 0;
    for (int label = 1; label < decisions.length; label++) {
      best = decisions[label] > decisions[best] ? label : best;
    }
    return best;
  }
}
