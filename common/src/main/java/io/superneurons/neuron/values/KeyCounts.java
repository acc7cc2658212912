package io.superneurons.neuron.values;

/**
 * One neuron's rows of two labels, counted by key: each distinct key, with how many rows lie at or
 * below it. It is reused for neuron after neuron, so that nothing is allocated per neuron.
 */
public final class KeyCounts {
  private int size;
  private int[] keys = {};
  private int[] rows = {};
  private int[] positives = {};

  /** Bytes that the counts of so many rows take. */
  public static long bytes(long rows) {
    return 3 * Integer.BYTES * rows;
  }

  private void clear(int most) {
    if (keys.length < most) {
      keys = new int[most];
      rows = new int[most];
      positives = new int[most];
    }
    size = 0;
  }

  /**
   * Counts rows. The loop has no branch on equal keys: half of the values may be ties, which no
   * processor could predict.
   *
   * @param sorted rows by ascending key, with labels 0 and 1
   */
  public void count(LabelledKeys sorted) {
    int count = sorted.size();
    clear(count);
    int[] all = sorted.keys();
    int[] labels = sorted.labels();
    int place = 0;
    int below = 0;
    int previous = count == 0 ? 0 : all[0];
    for (int i = 0; i < count; i++) {
      int key = all[i];
      place += key == previous ? 0 : 1;
      previous = key;
      below += labels[i];
      keys[place] = key;
      rows[place] = i + 1;
      positives[place] = below;
    }
    size = count == 0 ? 0 : place + 1;
  }

  /**
   * The same for packed rows.
   *
   * @param sorted ascending [at least count]; each has the key in its upper half and the label, 0
   *     or 1, in its lower
   * @param count how many rows there are
   */
  void count(int[] sorted, int count) {
    clear(count);
    int place = 0;
    int below = 0;
    int previous = count == 0 ? 0 : sorted[0] >> Short.SIZE;
    for (int i = 0; i < count; i++) {
      int key = sorted[i] >> Short.SIZE;
      place += key == previous ? 0 : 1;
      previous = key;
      below += sorted[i] & 1;
      keys[place] = key;
      rows[place] = i + 1;
      positives[place] = below;
    }
    size = count == 0 ? 0 : place + 1;
  }

  /** How many distinct keys there are. */
  public int size() {
    return size;
  }

  /** The distinct keys, ascending; only the first {@link #size} entries count. */
  public int[] keys() {
    return keys;
  }

  /** How many rows lie at or below each key; only the first {@link #size} entries count. */
  public int[] rows() {
    return rows;
  }

  /**
   * How many rows of label 1 lie at or below each key; only the first {@link #size} entries count.
   */
  public int[] positives() {
    return positives;
  }
}
