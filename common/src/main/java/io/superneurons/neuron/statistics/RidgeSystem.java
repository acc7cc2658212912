package io.superneurons.neuron.statistics;

import java.util.Arrays;

/**
 * Least squares with a penalty on the weights, for many targets and penalties on the same rows:
 * {@code min |X w + b - y|^2 + alpha |w|^2}, where the intercept b is free. Solved exactly, by the
 * Cholesky factor of a matrix as large as the number of rows or of features, whichever is smaller.
 */
public final class RidgeSystem {
  private final double[][] centred; // [features, rows]
  private final double[] featureMeans; // [features]
  private final SymmetricMatrix gram; // [size, size]; size is that of the fewer
  private final boolean byRows;
  private final int rows;

  /**
   * Takes in rows.
   *
   * @param features their values: [features, rows]; finite
   */
  public RidgeSystem(double[][] features) {
    this.rows = features[0].length;
    this.featureMeans = Arrays.stream(features).mapToDouble(RidgeSystem::mean).toArray();
    this.centred = new double[features.length][rows];
    for (int f = 0; f < features.length; f++) {
      for (int row = 0; row < rows; row++) {
        centred[f][row] = features[f][row] - featureMeans[f];
      }
    }
    this.byRows = rows <= features.length;
    this.gram = SymmetricMatrix.ofSquares(byRows ? centred : transposed(centred));
  }

  /** Bytes that a system of so many rows and features takes. */
  public static long bytes(long rows, long features) {
    long fewer = Math.min(rows, features);
    return Double.BYTES * (2 * fewer * fewer + 3 * rows * features);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The transposed matrix. */
  private static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < transposed.length; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return transposed;
  }

  /** The mean over the rows of the squared distance from their centre; the scale of penalties. */
  public double spread() {
    return gram.trace() / rows;
  }

  /**
   * Solves the system.
   *
   * @param targets [targets, rows]
   * @param alpha the penalty, positive
   */
  public Weights solve(double[][] targets, double alpha) {
    SymmetricMatrix.Factor factor = gram.factor(alpha);
    double[][] weights = new double[targets.length][];
    double[] intercepts = new double[targets.length];
    for (int t = 0; t < targets.length; t++) {
      double mean = mean(targets[t]);
      double[] target = Arrays.stream(targets[t]).map(y -> y - mean).toArray();
      weights[t] = byRows ? ofRows(factor.solve(target)) : factor.solve(ofRows(target));
      intercepts[t] = mean;
      for (int f = 0; f < featureMeans.length; f++) {
        intercepts[t] -= weights[t][f] * featureMeans[f];
      }
    }
    return new Weights(weights, intercepts);
  }

  /** The weighted sum of the rows, feature by feature: [features] of [rows]. */
  private double[] ofRows(double[] rowWeights) {
    double[] sums = new double[centred.length];
    for (int f = 0; f < sums.length; f++) {
      for (int row = 0; row < rows; row++) {
        sums[f] += centred[f][row] * rowWeights[row];
      }
    }
    return sums;
  }

  /**
   * A solution.
   *
   * @param weights [targets, features]
   * @param intercepts [targets]
   */
  public record Weights(double[][] weights, double[] intercepts) {}
}
