package io.superneurons.neuron.statistics;

/** A symmetric matrix [size, size], of which the lower half is kept. */
public final class SymmetricMatrix {
  /** Vectors that are added to a matrix at once, while its row is in the cache. */
  private static final int TOGETHER = 4;

  private final double[][] lower; // [size, size]

  private SymmetricMatrix(double[][] lower) {
    this.lower = lower;
  }

  /** The lower half of the sum of vectors' outer products: [size, size] of [vectors, size]. */
  public static SymmetricMatrix ofSquares(double[][] vectors) {
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
    return new SymmetricMatrix(sums);
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

  /** The sum of the diagonal. */
  public double trace() {
    double trace = 0;
    for (int i = 0; i < lower.length; i++) {
      trace += lower[i][i];
    }
    return trace;
  }

  /**
   * Cholesky's upper factor [size, size]: each of its rows is subtracted from later ones as a
   * whole, which compilers vectorise.
   *
   * @param alpha is added to the diagonal, so that the matrix is positive definite
   */
  public Factor factor(double alpha) {
    int size = lower.length;
    double[][] upper = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        upper[i][j] = lower[j][i];
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
    return new Factor(upper);
  }

  private static void subtract(double[] from, int start, double weight, double[] what) {
    for (int j = start; j < from.length; j++) {
      from[j] -= weight * what[j];
    }
  }

  /** Cholesky's factor of a matrix. */
  public static final class Factor {
    private final double[][] upper; // [size, size]

    private Factor(double[][] upper) {
      this.upper = upper;
    }

    /** Solves by forward and backward substitution: [size] of [size]. */
    public double[] solve(double[] right) {
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
  }
}
