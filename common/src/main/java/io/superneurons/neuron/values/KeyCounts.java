package io.superneurons.neuron.values;

/**
 * One neuron's rows of two labels, by key: each distinct key, with how many rows lie at or below
 * it. One is used again and again, for neuron after neuron.
 */
public final class KeyCounts {
  private int size;
  private int[] keys = {};
  private int[] rows = {};
  private int[] positives = {};

  /** Bytes that so many rows take. */
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

  /** Takes in rows by ascending key. The loop has no branch: half of the values may be ties. */
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

  /** The same of rows that have their key in the upper half of a number, the label in the lower. */
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

  /** The keys, ascending; only the first {@link #size} count. */
  public int[] keys() {
    return keys;
  }

  /** How many rows lie at or below each key. */
  public int[] rows() {
    return rows;
  }

  /** How many rows of label 1 lie at or below each key. */
  public int[] positives() {
    return positives;
  }
}
