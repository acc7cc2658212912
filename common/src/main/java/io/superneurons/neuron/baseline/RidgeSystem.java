package io.superneurons.neuron.baseline;

import java.util.Arrays;

/**
 * Least squares with a penalty on the weights, for many targets and penalties on the same rows:
 * {@code min |X w + b - y|^2 + alpha |w|^2}, where the intercept b is free. Solved exactly, by the
 * Cholesky factor of a matrix as large as the number of rows or of features, whichever is smaller.
 */
final class RidgeSystem {
  /** Features that are added to a matrix at once, while its row is in the cache. */
  private static final int TOGETHER = 4;

  private final double[][] centred; // [features, rows]
  private final double[] featureMeans; // [features]
  private final double[][] gram; // [size, size], the lower half; size is that of the fewer
  private final boolean byRows;
  private final int rows;

  /**
   * Takes in rows.
   *
   * @param features their values: [features, rows]; finite
   */
  RidgeSystem(double[][] features) {
    this.rows = features[0].length;
    this.featureMeans = Arrays.stream(features).mapToDouble(RidgeSystem::mean).toArray();
    this.centred = new double[features.length][rows];
    for (int f = 0; f < features.length; f++) {
      for (int row = 0; row < rows; row++) {
        centred[f][row] = features[f][row] - featureMeans[f];
      }
    }
    this.byRows = rows <= features.length;
    this.gram = squares(byRows ? centred : transposed(centred));
  }

  /** Bytes that a system of so many rows and features takes. */
  static long bytes(long rows, long features) {
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

  /** The lower half of the sum of vectors' outer products: [size, size] of [vectors, size]. */
  private static double[][] squares(double[][] vectors) {
    int size = vectors[0].length;
    double[][] sums = new double[size][size];
    double[] zeros = new double[size];
    for (int from = 0; from < vectors.length; from += TOGETHER) {
      double[] a = vectors[from];
      double[] b = from + 1 < vectors.length ? vectors[from + 1] : zeros;
      double[] c = from + 2 < vectors.length ? vectors[from + 2] : zeros;
      double[] d = from + 3 < vectors.length ? vectors[from + 3] : zeros;
      for (int i = 0; i < size; i++) {
        add(sums[i], i + 1, a[i], a, b[i], b, c[i], c, d[i], d);
      }
    }
    return sums;
  }

  /** A loop of its own, which compilers vectorise. */
  private static void add(
      double[] to,
      int size,
      double wa,
      double[] a,
      double wb,
      double[] b,
      double wc,
      double[] c,
      double wd,
      double[] d) {
    for (int j = 0; j < size; j++) {
      to[j] += wa * a[j] + wb * b[j] + (wc * c[j] + wd * d[j]);
    }
  }

  /** The mean over the rows of the squared distance from their centre; the scale of penalties. */
  double spread() {
    double trace = 0;
    for (int i = 0; i < gram.length; i++) {
      trace += gram[i][i];
    }
    return trace / rows;
  }

  /**
   * Solves the system.
   *
   * @param targets [targets, rows]
   * @param alpha the penalty, positive
   */
  Weights solve(double[][] targets, double alpha) {
    double[][] factor = factor(alpha);
    double[][] weights = new double[targets.length][];
    double[] intercepts = new double[targets.length];
    for (int t = 0; t < targets.length; t++) {
      double mean = mean(targets[t]);
      double[] target = Arrays.stream(targets[t]).map(y -> y - mean).toArray();
      weights[t] = byRows ? ofRows(solve(factor, target)) : solve(factor, ofRows(target));
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
   * Cholesky's upper factor [size, size]: each of its rows is subtracted from later ones as a
   * whole, which compilers vectorise.
   */
  private double[][] factor(double alpha) {
    int size = gram.length;
    double[][] upper = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        upper[i][j] = gram[j][i];
      }
      upper[i][i] += alpha;
    }
    for (int i = 0; i < size; i++) {
      double root = Math.sqrt(upper[i][i]);
      for (int j = i; j < size; j++) {
        upper[i][j] /= root;
      }
      for (int k = i + 1; k < size; k++) {
        subtract(upper[k], k, upper[i][k], upper[i]);
      }
    }
    return upper;
  }

  private static void subtract(double[] from, int start, double weight, double[] what) {
    for (int j = start; j < from.length; j++) {
      from[j] -= weight * what[j];
    }
  }

  /** Solves by forward and backward substitution: [size] of [size]. */
  private static double[] solve(double[][] upper, double[] right) {
    double[] x = right.clone();
    for (int i = 0; i < x.length; i++) {
      x[i] /= upper[i][i];
      for (int j = i + 1; j < x.length; j++) {
        x[j] -= upper[i][j] * x[i];
      }
    }
    for (int i = x.length - 1; i >= 0; i--) {
      for (int j = i + 1; j < x.length; j++) {
        x[i] -= upper[i][j] * x[j];
      }
      x[i] /= upper[i][i];
    }
    return x;
  }

  /**
   * A solution.
   *
   * @param weights [targets, features]
   * @param intercepts [targets]
   */
  record Weights(double[][] weights, double[] intercepts) {}
}
