package io.superneurons.neuron.statistics;

/**
 * Fisher's exact test of a table of two times two, two-sided: how likely luck draws so many marked
 * rows, or so few. It is twice the smaller of both tails, at most 1 (SciPy's {@code
 * hypergeom.sf(hits - 1)} and {@code hypergeom.cdf(hits)}).
 */
public final class FisherTest {
  private static final double NEGLIGIBLE = 1e-17;

  private final double[] logFactorials; // [rows + 1]

  /** Prepares for tables of at most that many rows. */
  public FisherTest(int rows) {
    logFactorials = new double[rows + 1];
    for (int i = 1; i <= rows; i++) {
      logFactorials[i] = logFactorials[i - 1] + Math.log(i);
    }
  }

  /**
   * The p-value.
   *
   * @param hits marked rows that were drawn
   * @param draws rows that were drawn
   * @param marked rows that are marked, drawn or not
   * @param rows how many there are
   */
  public double pValue(int hits, int draws, int marked, int rows) {
    double more = tail(hits, draws, marked, rows);
    double fewer = tail(draws - hits, draws, rows - marked, rows);
    return Math.min(1, 2 * Math.min(more, fewer));
  }

  /** P(X >= hits) for draws without replacement: the survival function at hits - 1. */
  double tail(int hits, int draws, int marked, int rows) {
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
}
