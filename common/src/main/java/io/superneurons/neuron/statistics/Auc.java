package io.superneurons.neuron.statistics;

import java.util.Arrays;

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
  public static double of(long twiceWins, long positives, long others) {
    return positives == 0 || others == 0 ? CHANCE : twiceWins / (2.0 * positives * others);
  }

  /**
   * The area of votes. For two labels their difference ranks the rows; for more each label's weight
   * ranks it against the rest, and the areas are averaged.
   *
   * @param weights of each row's votes [rows][labels]
   * @param given label index of each row [rows]
   * @param labels how many labels there are
   */
  public static double ofVotes(double[][] weights, int[] given, int labels) {
    int[] once = new int[given.length];
    Arrays.fill(once, 1);
    return VoteRanks.of(weights, given, labels).auc(once);
  }
}
