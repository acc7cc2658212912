package io.superneurons.jobs.manifest;

import java.io.Serializable;
import java.util.Map;

/**
 * Where the rows of the input are cut into pieces of about as many rows to do, which keep their
 * order. The driver does not know each row, but how many there are in each of some thousand
 * stretches of the input.
 *
 * @param inputRows all rows of the input
 * @param pieces how many
 * @param before rows to do before each stretch, and at last all of them
 */
record Cuts(long inputRows, int pieces, long[] before) implements Serializable {
  private static final int STRETCHES = 1 << 14;

  static Cuts of(Map<Integer, Long> stretches, long inputRows, int pieces) {
    long[] before = new long[STRETCHES + 1];
    for (int i = 0; i < STRETCHES; i++) {
      before[i + 1] = before[i] + stretches.getOrDefault(i, 0L);
    }
    return new Cuts(inputRows, pieces, before);
  }

  /** The stretch of a position in the input. */
  static int stretch(long position, long inputRows) {
    return (int) (position * STRETCHES / inputRows);
  }

  /** The piece of a row to do; it does not fall where positions rise. */
  int piece(long position) {
    int stretch = stretch(position, inputRows);
    long first = firstOf(stretch);
    double share = (double) (position - first) / (firstOf(stretch + 1) - first);
    double rank = before[stretch] + share * (before[stretch + 1] - before[stretch]);
    return (int) Math.min(pieces - 1L, (long) (rank * pieces / before[STRETCHES]));
  }

  /** The first position of a stretch. */
  private long firstOf(int stretch) {
    return (stretch * inputRows + STRETCHES - 1) / STRETCHES;
  }
}
