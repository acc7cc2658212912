package io.superneurons.neuron.statistics;

/**
 * The test of Mann and Whitney (Wilcoxon's rank sum), two-sided: how likely luck ranks the rows of
 * one label above or below all others as clearly as they are. It asks for the {@link Auc} only,
 * fits nothing, and so needs no rows that are held out.
 *
 * <p>With few rows the distribution is exact, as SciPy's {@code mannwhitneyu(method="exact")}; with
 * more it is the normal one with continuity correction, whose tails are heavier. Both are those of
 * numbers without ties: ties make the area vary less, so p-values of tied numbers are too large
 * rather than too small.
 */
public final class RankTest {
  /** Steps of work up to which the distribution is computed. */
  private static final long MOST_STEPS = 300_000;

  /** Pairs of rows up to which the distribution is held. */
  private static final long MOST_PAIRS = 40_000;

  private static final double NEGLIGIBLE = 1e-17;

  private final double positives;
  private final double others;
  private final double[] lowerTail; // P(pairs won <= i) up to half of the pairs; null if normal

  /**
   * The test for that many rows.
   *
   * @param positives rows of the label
   * @param others rows of other labels
   */
  public RankTest(int positives, int others) {
    this.positives = positives;
    this.others = others;
    int few = Math.min(positives, others);
    int many = Math.max(positives, others);
    this.lowerTail = isExact(few, many) ? lowerTail(few, many) : null;
  }

  private static boolean isExact(long few, long many) {
    return few * many <= MOST_PAIRS && few * few * many <= MOST_STEPS;
  }

  /** Bytes that the test for that many rows takes. */
  public static long bytes(int positives, int others) {
    int few = Math.min(positives, others);
    int many = Math.max(positives, others);
    return isExact(few, many) ? (long) Double.BYTES * few * many / 2 : 0;
  }

  /**
   * The probability that at most so many pairs are won, up to half of the pairs. Orders of the rows
   * are counted by how many pairs they win; the counts are the coefficients of the Gaussian
   * binomial coefficient, whose factors are multiplied one by one.
   */
  private static double[] lowerTail(int few, int many) {
    double[] counts = new double[few * many / 2 + 1];
    counts[0] = 1;
    for (int i = 1; i <= few; i++) {
      for (int won = counts.length - 1; won >= many + i; won--) {
        counts[won] -= counts[won - many - i];
      }
      for (int won = i; won < counts.length; won++) {
        counts[won] += counts[won - i];
      }
    }
    double orders = 1;
    for (int i = 1; i <= few; i++) {
      orders = orders * (many + i) / i;
    }
    double sum = 0;
    for (int won = 0; won < counts.length; won++) {
      sum += counts[won];
      counts[won] = sum / orders;
    }
    return counts;
  }

  /**
   * The p-value.
   *
   * @param auc of the label's rows against the others; NaN where they cannot be ranked
   * @return NaN of NaN; 1 where there are no pairs
   */
  public double pValue(double auc) {
    double pairs = positives * others;
    if (Double.isNaN(auc) || pairs == 0) {
      return Double.isNaN(auc) ? Double.NaN : 1;
    }
    double won = Math.rint(2 * auc * pairs) / 2;
    double lost = Math.min(won, pairs - won);
    if (lowerTail != null) {
      int atMost = (int) Math.ceil(lost);
      return atMost >= lowerTail.length ? 1 : Math.min(1, 2 * lowerTail[atMost]);
    }
    double deviation = Math.sqrt(pairs * (positives + others + 1) / 12);
    return Math.min(1, 2 * normalTail((pairs / 2 - lost - 0.5) / deviation));
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
