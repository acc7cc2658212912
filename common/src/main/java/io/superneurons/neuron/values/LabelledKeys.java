package io.superneurons.neuron.values;

/**
 * Keys of one neuron's values on some rows, with the rows' labels. One is used again and again, for
 * neuron after neuron: nothing is made a value.
 */
public final class LabelledKeys {
  private int size;
  private int[] keys = {};
  private int[] labels = {};

  /** Bytes that so many rows take. */
  public static long bytes(long rows) {
    return 2 * Integer.BYTES * rows;
  }

  /** Makes room for so many rows, whose keys and labels are then written. */
  void resize(int rows) {
    if (keys.length < rows) {
      keys = new int[rows];
      labels = new int[rows];
    }
    size = rows;
  }

  /** How many rows there are. */
  public int size() {
    return size;
  }

  /** The keys; only the first {@link #size} count. */
  public int[] keys() {
    return keys;
  }

  /** Label indexes, a key each. */
  public int[] labels() {
    return labels;
  }
}
