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

  /** Logarithms to base 2, since a division for each vote takes longer than the vote. */
  private final int bitsShift;

  private final int perWordShift;

  private final long[] words; // packed votes, each its label index plus 1 in so many bits

  /**
   * @param bits of a vote, a power of 2
   */
  private Votes(int rows, int bits) {
    this.rows = rows;
    this.bitsShift = Integer.numberOfTrailingZeros(bits);
    this.perWordShift = Integer.numberOfTrailingZeros(Long.SIZE) - bitsShift;
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
    for (int row = 0; row < rows; row++) {
      int label = vote.applyAsInt(row);
      if (label < Confusion.NO_LABEL || label >= labels) {
        throw new IllegalArgumentException("Label " + label + " of " + labels);
      }
      long code = label + 1L;
      votes.words[row >>> votes.perWordShift] |= code << votes.place(row);
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
    long mask = (1L << (1 << bitsShift)) - 1;
    return (int) (words[row >>> perWordShift] >>> place(row) & mask) - 1;
  }

  /** Where a vote begins in its word, in bits. */
  private int place(int row) {
    return (row & (1 << perWordShift) - 1) << bitsShift;
  }
}
