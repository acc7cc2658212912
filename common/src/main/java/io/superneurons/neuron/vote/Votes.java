package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Confusion;
import java.io.Serializable;
import java.util.function.IntUnaryOperator;

/**
 * What one neuron or head votes on many rows, in as few bits as the labels need: two for up to
 * three labels. Thousands of these are held at once, each as long as its task.
 */
public final class Votes implements Voter, Serializable {
  private static final long serialVersionUID = 1;

  private final int rows;
  private final int bits;
  private final long[] words; // packed votes, each its label index plus 1 in so many bits

  private Votes(int rows, int bits) {
    this.rows = rows;
    this.bits = bits;
    this.words = new long[(rows + Long.SIZE / bits - 1) / (Long.SIZE / bits)];
  }

  /**
   * Packs votes.
   *
   * @param labels how many there are
   * @param rows how many votes
   * @param vote the label index that a row gets, or {@link Confusion#NO_LABEL}
   */
  public static Votes of(int labels, int rows, IntUnaryOperator vote) {
    Votes votes = new Votes(rows, bits(labels));
    int perWord = Long.SIZE / votes.bits;
    for (int row = 0; row < rows; row++) {
      int label = vote.applyAsInt(row);
      if (label < Confusion.NO_LABEL || label >= labels) {
        throw new IllegalArgumentException("Label " + label + " of " + labels);
      }
      long code = label + 1L;
      votes.words[row / perWord] |= code << row % perWord * votes.bits;
    }
    return votes;
  }

  private static int bits(int labels) {
    int needed = Integer.SIZE - Integer.numberOfLeadingZeros(labels);
    return needed <= 2 ? 2 : needed <= Byte.SIZE ? Byte.SIZE : Integer.SIZE;
  }

  /** About how many bytes so many votes take. */
  public static long bytes(int labels, long rows) {
    return 32 + rows * bits(labels) / Byte.SIZE;
  }

  /** How many rows there are votes for. */
  public int rows() {
    return rows;
  }

  @Override
  public int label(int row) {
    int perWord = Long.SIZE / bits;
    long code = words[row / perWord] >>> row % perWord * bits & (1L << bits) - 1;
    return (int) code - 1;
  }
}
