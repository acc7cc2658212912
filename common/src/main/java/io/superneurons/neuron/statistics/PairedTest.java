package io.superneurons.neuron.statistics;

import io.superneurons.activation.Names;
import java.util.stream.IntStream;

/**
 * Whether one method is better than another on the same rows: McNemar's exact test. Only images
 * that tell the two apart count, those of which one method gets more rows right than the other
 * does; if the methods are equally good, each falls on either side like a coin. Rows of one image
 * err together, so that an image counts once; where each row has an image of its own it is
 * McNemar's test of rows.
 *
 * @param first images of which the first method gets more rows right
 * @param second images of which the second one does
 */
public record PairedTest(int first, int second) {
  /** A difference with a larger p-value is a tie. */
  public static final double LEVEL = 0.05;

  /** What the first method is beside the second. */
  public enum Verdict {
    BETTER,

    /** The rows do not tell them apart. */
    TIE,
    WORSE;

    /** The word in tables. */
    public String label() {
      return Names.of(this);
    }

    /**
     * The one of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Verdict of(String label) {
      return Names.find(Verdict.class, label)
          .orElseThrow(() -> new IllegalArgumentException("No verdict is called '" + label + "'"));
    }
  }

  /**
   * Compares predictions.
   *
   * @param given label index of each row [rows]
   * @param images number of each row's image, from 0 [rows]
   * @param first label index that the first method says, or {@link Confusion#NO_LABEL} [rows]
   * @param second the same of the second one [rows]
   */
  public static PairedTest of(int[] given, int[] images, int[] first, int[] second) {
    int[] leads = new int[IntStream.of(images).max().orElse(-1) + 1];
    for (int row = 0; row < given.length; row++) {
      leads[images[row]] +=
          (first[row] == given[row] ? 1 : 0) - (second[row] == given[row] ? 1 : 0);
    }
    return new PairedTest(
        (int) IntStream.of(leads).filter(lead -> lead > 0).count(),
        (int) IntStream.of(leads).filter(lead -> lead < 0).count());
  }

  /**
   * How likely a coin falls at least as unevenly: twice the tail of the binomial distribution, at
   * most 1; SciPy's {@code binomtest}.
   */
  public double pValue() {
    int tosses = first + second;
    double ways = -tosses * Math.log(2); // logarithm of the share of falls with so many heads
    double tail = Math.exp(ways);
    for (int heads = 1; heads <= Math.min(first, second); heads++) {
      ways += Math.log(tosses - heads + 1.0) - Math.log(heads);
      tail += Math.exp(ways);
    }
    return Math.min(1, 2 * tail);
  }

  /** Whether the first method is better, at a p-value of at most {@value #LEVEL}. */
  public Verdict verdict() {
    if (pValue() > LEVEL) {
      return Verdict.TIE;
    }
    return first > second ? Verdict.BETTER : Verdict.WORSE;
  }
}
