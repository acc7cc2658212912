package io.superneurons.neuron.values;

/**
 * Keys of one neuron's values on some rows, with the rows' labels. It is reused for neuron after
 * neuron, so that nothing is allocated per value.
 */
public final class LabelledKeys {
  private int size;
  private int[] keys = {};
  private int[] labels = {};

  /** Bytes that the keys and labels of so many rows take. */
  public static long bytes(long rows) {
    return 2 * Integer.BYTES * rows;
  }

  /** Makes room for so many rows; their keys and labels must then be written. */
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

  /** The keys; only the first {@link #size} entries count. */
  public int[] keys() {
    return keys;
  }

  /** The label index of each key; only the first {@link #size} entries count. */
  public int[] labels() {
    return labels;
  }
}
