package io.superneurons.neuron.values;

import java.util.Arrays;

/**
 * Values stored as float32, four bytes each. Not thread-safe: the neurons of a scan share one
 * scratch.
 */
public final class FloatValues implements NeuronValues {
  private final int[] keys;
  private final Scratch scratch;

  /** What sorting needs besides the keys; one per thread. */
  public static final class Scratch {
    private long[] packed = {};
    private final LabelledKeys sorted = new LabelledKeys();

    /** Bytes that are needed to sort so many rows. */
    public static long bytes(long rows) {
      return Long.BYTES * rows + LabelledKeys.bytes(rows);
    }
  }

  /**
   * The values of one neuron.
   *
   * @param keys of {@link Keys#FLOAT32}, one per row of the scan [rows]; not copied
   * @param scratch shared by the neurons of one thread
   */
  public FloatValues(int[] keys, Scratch scratch) {
    this.keys = keys;
    this.scratch = scratch;
  }

  @Override
  public Keys type() {
    return Keys.FLOAT32;
  }

  @Override
  public int key(int row) {
    return keys[row];
  }

  @Override
  public void copy(int[] rows, int[] labels, LabelledKeys into) {
    into.resize(rows.length);
    for (int i = 0; i < rows.length; i++) {
      into.keys()[i] = keys[rows[i]];
    }
    System.arraycopy(labels, 0, into.labels(), 0, rows.length);
  }

  @Override
  public void count(int[] rows, int[] labels, KeyCounts into) {
    sort(rows, labels, scratch.sorted);
    into.count(scratch.sorted);
  }

  /**
   * {@inheritDoc} Key and label are packed into one long, so that one sort of primitives orders by
   * both.
   */
  @Override
  public void sort(int[] rows, int[] labels, LabelledKeys into) {
    int size = rows.length;
    if (scratch.packed.length < size) {
      scratch.packed = new long[size];
    }
    long[] packed = scratch.packed;
    for (int i = 0; i < size; i++) {
      packed[i] = (long) keys[rows[i]] << Integer.SIZE | labels[i];
    }
    Arrays.sort(packed, 0, size);
    into.resize(size);
    for (int i = 0; i < size; i++) {
      into.keys()[i] = (int) (packed[i] >> Integer.SIZE);
      into.labels()[i] = (int) packed[i];
    }
  }
}
