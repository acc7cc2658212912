package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Confusion;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Votes on one row. The label with the most weight wins. Of labels with the same weight, the
 * best-ranked voter that says more for one of them than for the others decides; where there is no
 * such voter, as where nobody votes, the row is undecided.
 */
public final class Tally {
  private final double[] weights;

  /** Starts without votes. */
  public Tally(int labels) {
    this(new double[labels]);
  }

  /**
   * Counts in an array that stays the caller's.
   *
   * @param weights of the votes for each label so far [labels]
   */
  public Tally(double[] weights) {
    this.weights = weights;
  }

  /**
   * Counts what a voter says of a row.
   *
   * @param evidence what the voter adds
   */
  public void add(Evidence evidence, Voter voter, int row) {
    evidence.add(voter.label(row), voter.value(row), weights);
  }

  /**
   * The index of the label that wins; {@link Confusion#NO_LABEL} if there is none.
   *
   * @param evidence what the voters add, the best-ranked first [voters]
   * @param voters what each says of rows [voters]
   * @param row the one that was counted
   */
  public int winner(Evidence[] evidence, Voter[] voters, int row) {
    int most = 0;
    boolean alone = true;
    for (int label = 1; label < weights.length; label++) {
      alone = weights[label] != weights[most] && (alone || weights[label] > weights[most]);
      most = weights[label] > weights[most] ? label : most;
    }
    return alone ? most : ofEqual(evidence, voters, row);
  }

  private int ofEqual(Evidence[] evidence, Voter[] voters, int row) {
    int[] tied = most(IntStream.range(0, weights.length).toArray(), label -> weights[label]);
    for (int voter = 0; voter < voters.length && tied.length > 1; voter++) {
      Evidence added = evidence[voter];
      int vote = voters[voter].label(row);
      float value = voters[voter].value(row);
      tied = most(tied, label -> added.of(vote, value, label));
    }
    return tied.length == 1 ? tied[0] : Confusion.NO_LABEL;
  }

  /** The labels that have the most. */
  private static int[] most(int[] labels, IntToDoubleFunction weight) {
    double most = Arrays.stream(labels).mapToDouble(weight).max().orElseThrow();
    return Arrays.stream(labels).filter(label -> weight.applyAsDouble(label) == most).toArray();
  }

  /**
   * How far the label with the most weight leads the next one, as a share of all votes that could
   * be cast, at most 1: those of voters that said nothing count too. 0 for a tie, and where there
   * was no vote.
   *
   * @param castable {@link Evidence#weight} of all voters together
   */
  public double margin(double castable) {
    double most = Double.NEGATIVE_INFINITY;
    double next = Double.NEGATIVE_INFINITY;
    for (double weight : weights) {
      next = Math.max(next, Math.min(most, weight));
      most = Math.max(most, weight);
    }
    return castable > 0 ? Math.min(1, (most - next) / castable) : 0;
  }

  /** The weight of the votes for a label. */
  public double weight(int label) {
    return weights[label];
  }
}
