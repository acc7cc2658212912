package io.superneurons.neuron.values;

import java.util.Arrays;

/**
 * Values stored as float16, two bytes each. They are sorted by counting, once for each byte of the
 * key, so that the cost is linear in the number of rows. Not thread-safe: the neurons of a scan
 * share one scratch.
 */
public final class HalfValues implements NeuronValues {
  private final short[] keys;
  private final Scratch scratch;

  /** What sorting needs besides the keys; one per thread. */
  public static final class Scratch {
    /** Up to this many rows, a sort by comparison is faster than going over the bins. */
    private static final int FEW = 96;

    private static final int BINS = 1 << Byte.SIZE;

    private final int[] low = new int[BINS];
    private final int[] high = new int[BINS];
    private int[] packed = {};
    private int[] other = {};

    /** Bytes that are needed to sort so many rows. */
    public static long bytes(long rows) {
      return 2 * Integer.BYTES * (rows + BINS);
    }

    private void resize(int rows) {
      if (packed.length < rows) {
        packed = new int[rows];
        other = new int[rows];
      }
    }

    /** Packs key and label into one integer, so that one sort orders by both. */
    private void pack(short[] keys, int[] rows, int[] labels) {
      for (int i = 0; i < rows.length; i++) {
        packed[i] = keys[rows[i]] << Short.SIZE | labels[i];
      }
    }

    /**
     * Sorts by the keys alone: labels ascend already, and counting keeps the order of rows with
     * equal keys.
     */
    private void sortByKey(int size) {
      Arrays.fill(low, 0);
      Arrays.fill(high, 0);
      for (int i = 0; i < size; i++) {
        int key = packed[i] >> Short.SIZE;
        low[key & BINS - 1]++;
        high[(key >> Byte.SIZE) + BINS / 2]++;
      }
      toStarts(low);
      toStarts(high);
      for (int i = 0; i < size; i++) {
        int one = packed[i];
        other[low[one >> Short.SIZE & BINS - 1]++] = one;
      }
      for (int i = 0; i < size; i++) {
        int one = other[i];
        packed[high[(one >> Short.SIZE + Byte.SIZE) + BINS / 2]++] = one;
      }
    }

    private static void toStarts(int[] counts) {
      int start = 0;
      for (int bin = 0; bin < BINS; bin++) {
        int count = counts[bin];
        counts[bin] = start;
        start += count;
      }
    }
  }

  /**
   * The values of one neuron.
   *
   * @param keys of {@link Keys#FLOAT16}, one per row of the scan [rows]; not copied
   * @param scratch shared by the neurons of one thread
   */
  public HalfValues(short[] keys, Scratch scratch) {
    this.keys = keys;
    this.scratch = scratch;
  }

  @Override
  public Keys type() {
    return Keys.FLOAT16;
  }

  @Override
  public int key(int row) {
    return keys[row];
  }

  @Override
  public void copy(int[] rows, int[] labels, LabelledKeys into) {
    into.resize(rows.length);
    int[] target = into.keys();
    for (int i = 0; i < rows.length; i++) {
      target[i] = keys[rows[i]];
    }
    System.arraycopy(labels, 0, into.labels(), 0, rows.length);
  }

  /**
   * {@inheritDoc} The rows are sorted by two bytes, whose counts stay in the nearest cache; counts
   * of all 65,536 keys would not.
   */
  @Override
  public void count(int[] rows, int[] labels, KeyCounts into) {
    into.count(sorted(rows, labels), rows.length);
  }

  /** {@inheritDoc} The labels must ascend. */
  @Override
  public void sort(int[] rows, int[] labels, LabelledKeys into) {
    int size = rows.length;
    int[] packed = sorted(rows, labels);
    into.resize(size);
    int[] sortedKeys = into.keys();
    int[] sortedLabels = into.labels();
    for (int i = 0; i < size; i++) {
      sortedKeys[i] = packed[i] >> Short.SIZE;
      sortedLabels[i] = packed[i] & 0xffff;
    }
  }

  /**
   * Rows by key, then by label [at least as many as the rows]: the key in the upper half of each
   * number, the label in the lower. Valid until the next call.
   */
  private int[] sorted(int[] rows, int[] labels) {
    int size = rows.length;
    scratch.resize(size);
    scratch.pack(keys, rows, labels);
    if (size <= Scratch.FEW) {
      Arrays.sort(scratch.packed, 0, size);
    } else {
      scratch.sortByKey(size);
    }
    return scratch.packed;
  }
}
