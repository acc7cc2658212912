package io.superneurons.neuron.statistics;

/**
 * How likely predictions this good are by luck: with the number of predictions of each label and
 * the number of rows of each label held fixed, and which row has which label left to chance.
 *
 * <p>For two labels this is Fisher's exact test, one-sided; for more the number of right rows is
 * compared with its exact mean and variance by a normal with continuity correction.
 */
public final class Significance {
  private static final double NEGLIGIBLE = 1e-17;

  private final double[] logFactorials; // [rows + 1]

  /** Prepares for confusions of at most that many rows. */
  public Significance(int rows) {
    logFactorials = new double[rows + 1];
    for (int i = 1; i <= rows; i++) {
      logFactorials[i] = logFactorials[i - 1] + Math.log(i);
    }
  }

  /** The one-sided p-value; NaN if there are no rows. */
  public double pValue(Confusion confusion) {
    if (confusion.rows() == 0) {
      return Double.NaN;
    }
    if (confusion.labels() == 2 && confusion.unpredicted() == 0) {
      return hypergeometricTail(
          confusion.hits(1), confusion.predicted(1), confusion.given(1), confusion.rows());
    }
    return matchingTail(confusion);
  }

  /** P(X >= hits) for draws without replacement: the survival function at hits - 1. */
  private double hypergeometricTail(int hits, int draws, int marked, int rows) {
    int least = Math.max(0, draws + marked - rows);
    int most = Math.min(draws, marked);
    if (hits <= least) {
      return 1;
    }
    double mean = (double) draws * marked / rows;
    if (hits > mean) {
      double ratioSum = 1;
      double ratio = 1;
      for (int x = hits; x < most && ratio > NEGLIGIBLE * ratioSum; x++) {
        ratio *=
            (double) (marked - x) * (draws - x) / ((x + 1.0) * (rows - marked - draws + x + 1));
        ratioSum += ratio;
      }
      return Math.min(1, Math.exp(logProbability(hits, draws, marked, rows)) * ratioSum);
    }
    double ratioSum = 1;
    double ratio = 1;
    for (int x = hits - 1; x > least && ratio > NEGLIGIBLE * ratioSum; x--) {
      ratio *= (double) x * (rows - marked - draws + x) / ((marked - x + 1.0) * (draws - x + 1));
      ratioSum += ratio;
    }
    return 1 - Math.exp(logProbability(hits - 1, draws, marked, rows)) * ratioSum;
  }

  private double logProbability(int hits, int draws, int marked, int rows) {
    return logChoose(marked, hits)
        + logChoose(rows - marked, draws - hits)
        - logChoose(rows, draws);
  }

  private double logChoose(int n, int k) {
    return logFactorials[n] - logFactorials[k] - logFactorials[n - k];
  }

  private static double matchingTail(Confusion confusion) {
    double rows = confusion.rows();
    double mean = 0;
    double variance = 0;
    double products = 0;
    for (int label = 0; label < confusion.labels(); label++) {
      double given = confusion.given(label);
      double predicted = confusion.predicted(label);
      double product = given * predicted;
      mean += product / rows;
      variance += product * ((rows - given) * (rows - predicted) - product);
      products += product;
    }
    variance = (variance + products * products) / (rows * rows * (rows - 1));
    if (!(variance > 0)) {
      return 1;
    }
    return normalTail((confusion.right() - 0.5 - mean) / Math.sqrt(variance));
  }

  /** P(Z >= z): the Taylor series near zero, the continued fraction in the tail. */
  static double normalTail(double z) {
    if (z < 0) {
      return 1 - normalTail(-z);
    }
    double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    if (z < 3) {
      double term = z;
      double sum = z;
      for (int n = 1; Math.abs(term) > NEGLIGIBLE * sum; n++) {
        term *= z * z / (2 * n + 1);
        sum += term;
      }
      return 0.5 - density * sum;
    }
    double fraction = z;
    for (int n = 100; n > 0; n--) {
      fraction = z + n / fraction;
    }
    return density / fraction;
  }
}
