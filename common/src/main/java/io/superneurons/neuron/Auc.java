package io.superneurons.neuron;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Area under the receiver operating characteristic: the share of pairs, one row of the label and
 * one of another, in which the label's row has the larger number; ties count half. The value is
 * scikit-learn's {@code roc_auc_score}.
 */
public final class Auc {
  /** What guessing is worth. */
  public static final double CHANCE = 0.5;

  private Auc() {}

  /**
   * The area from counted pairs.
   *
   * @param twiceWins pairs that are in order, twice, and ties
   * @param positives rows of the label
   * @param others rows of other labels
   * @return {@link #CHANCE} where there are no pairs
   */
  static double of(long twiceWins, long positives, long others) {
    return positives == 0 || others == 0 ? CHANCE : twiceWins / (2.0 * positives * others);
  }

  /**
   * How well a number tells one label from the rest.
   *
   * @param numbers one a row; not NaN
   * @param given label index of each row
   * @param label the one whose rows should have the larger numbers
   * @return {@link #CHANCE} where the label has all rows or none
   */
  public static double of(double[] numbers, int[] given, int label) {
    int[] order =
        IntStream.range(0, numbers.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> numbers[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    long twiceWins = 0;
    int othersBelow = 0;
    int positives = 0;
    for (int from = 0; from < order.length; ) {
      int equalPositives = 0;
      int to = from;
      while (to < order.length && numbers[order[to]] == numbers[order[from]]) {
        equalPositives += given[order[to++]] == label ? 1 : 0;
      }
      int equalOthers = to - from - equalPositives;
      twiceWins += (long) equalPositives * (2L * othersBelow + equalOthers);
      othersBelow += equalOthers;
      positives += equalPositives;
      from = to;
    }
    return of(twiceWins, positives, othersBelow);
  }

  /**
   * The area of votes. For two labels their difference ranks the rows; for more each label's weight
   * ranks it against the rest, and the areas are averaged.
   *
   * @param weights of each row's votes, a weight a label
   * @param given label index of each row
   */
  public static double ofVotes(double[][] weights, int[] given, int labels) {
    if (labels == 2) {
      return of(Arrays.stream(weights).mapToDouble(row -> row[1] - row[0]).toArray(), given, 1);
    }
    return IntStream.range(0, labels)
        .filter(label -> isRanked(given, label))
        .mapToDouble(
            label ->
                of(Arrays.stream(weights).mapToDouble(row -> row[label]).toArray(), given, label))
        .average()
        .orElse(CHANCE);
  }

  private static boolean isRanked(int[] given, int label) {
    return Arrays.stream(given).distinct().count() > 1
        && Arrays.stream(given).anyMatch(g -> g == label);
  }
}
