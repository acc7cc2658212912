package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Confusion;
import java.io.Serializable;

/** What a voter adds to each label, by its vote or by the value that it votes by. */
public sealed interface Evidence extends Serializable permits Weight, VoteTable, Line {
  /** The most that it can add to one label above another, or its share of that; positive. */
  double weight();

  /**
   * What it adds to a label.
   *
   * @param vote index of the label that is voted for, or {@link Confusion#NO_LABEL}
   * @param value that the vote is of
   */
  double of(int vote, float value, int label);

  /**
   * Adds it to what others added.
   *
   * @param vote index of the label that is voted for, or {@link Confusion#NO_LABEL}
   * @param value that the vote is of
   * @param sums of each label [labels]
   */
  void add(int vote, float value, double[] sums);

  /**
   * Adds it on some rows.
   *
   * @param rows their positions
   * @param sums of each row's labels, by position [all rows][labels]
   */
  void add(Voter voter, int[] rows, double[][] sums);
}
