package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Confusion;
import java.util.Arrays;

/**
 * A vote that adds to all labels: a row of a table. Only differences between labels matter, so the
 * least number of a row is 0.
 */
public final class VoteTable implements Evidence {
  private static final long serialVersionUID = 1;

  /** Numbers are whole multiples of this: their sums are exact, and files stay short. */
  private static final double GRAIN = 0x1p-10;

  private final double[][] table; // [labels + 1, labels], that of no vote first
  private final double weight;

  /**
   * Takes over a table, each number rounded.
   *
   * @param table what each vote adds to each label, that of no vote first [labels + 1, labels]
   */
  public VoteTable(double[][] table) {
    this.table =
        Arrays.stream(table).map(row -> grained(row, table.length - 1)).toArray(double[][]::new);
    double most = Arrays.stream(this.table).flatMapToDouble(Arrays::stream).max().orElse(0);
    this.weight = Math.max(most, GRAIN);
  }

  private static double[] grained(double[] row, int labels) {
    if (row.length != labels || !Arrays.stream(row).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "A table of votes needs a number for each label, in a row for no vote and for each label");
    }
    double least = Arrays.stream(row).min().orElseThrow();
    return Arrays.stream(row).map(v -> Math.rint((v - least) / GRAIN) * GRAIN).toArray();
  }

  /** What each vote adds to each label, that of no vote first [labels + 1, labels]. */
  public double[][] table() {
    return Arrays.stream(table).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public double weight() {
    return weight;
  }

  @Override
  public double of(int vote, float value, int label) {
    return table[vote - Confusion.NO_LABEL][label];
  }

  @Override
  public void add(int vote, float value, double[] sums) {
    double[] row = table[vote - Confusion.NO_LABEL];
    for (int label = 0; label < row.length; label++) {
      sums[label] += row[label];
    }
  }

  @Override
  public void add(Voter voter, int[] rows, double[][] sums) {
    for (int row : rows) {
      add(voter.label(row), Float.NaN, sums[row]);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VoteTable votes && Arrays.deepEquals(table, votes.table);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(table);
  }
}
