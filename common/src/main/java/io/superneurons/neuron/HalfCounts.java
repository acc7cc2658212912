package io.superneurons.neuron;

/**
 * Counts the float16 keys of rows of two labels: there are only 65,536, so that counting puts them
 * in order without sorting. One is used again and again, for neuron after neuron.
 */
final class HalfCounts {
  /** More rows could overflow the count of one key. */
  static final int MOST_ROWS = (1 << Short.SIZE) - 1;

  /** What it holds: a count and a bit a key. */
  static final long BYTES = (Integer.BYTES << Short.SIZE) + (1 << Short.SIZE) / Byte.SIZE;

  /** Of each key: rows of label 1 in the upper half, all rows in the lower one. */
  private final int[] counts = new int[1 << Short.SIZE];

  /** A bit for each key that has rows. */
  private final long[] present = new long[(1 << Short.SIZE) / Long.SIZE];

  /**
   * Counts rows.
   *
   * @param keys of the scan
   * @param rows positions in it, those of label 0 first; at most {@link #MOST_ROWS}
   * @param ones place of the first row of label 1
   */
  void count(short[] keys, int[] rows, int ones, KeyCounts into) {
    add(keys, rows, 0, ones, 1);
    add(keys, rows, ones, rows.length, 1 << Short.SIZE | 1);
    into.clear(rows.length);
    int total = 0;
    int positives = 0;
    for (int word = 0; word < present.length; word++) {
      long bits = present[word];
      present[word] = 0;
      while (bits != 0) {
        int place = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
        bits &= bits - 1;
        int count = counts[place];
        counts[place] = 0;
        total += count & MOST_ROWS;
        positives += count >>> Short.SIZE;
        into.add(place + Short.MIN_VALUE, total, positives);
      }
    }
  }

  private void add(short[] keys, int[] rows, int from, int to, int count) {
    for (int i = from; i < to; i++) {
      int place = keys[rows[i]] - Short.MIN_VALUE;
      counts[place] += count;
      present[place >> 6] |= 1L << place;
    }
  }
}
