package io.superneurons.neuron.values;

/** One neuron's values on the rows of a scan. */
public interface NeuronValues {
  /** Which values the keys stand for. */
  Keys type();

  /** The key of the value on a row. */
  int key(int row);

  /**
   * The values on some rows.
   *
   * @param rows positions in the scan [n]
   */
  default float[] at(int[] rows) {
    float[] values = new float[rows.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) type().value(key(rows[i]));
    }
    return values;
  }

  /**
   * The keys on some rows.
   *
   * @param rows positions in the scan [n]
   * @param labels label index of each [n]
   * @param into is filled, in the order of {@code rows}
   */
  void copy(int[] rows, int[] labels, LabelledKeys into);

  /**
   * Counts for each distinct key how many of some rows lie at or below it, and how many of these
   * have label 1.
   *
   * @param rows positions in the scan [n]
   * @param labels label index of each, 0 or 1, ascending [n]
   * @param into is filled
   */
  void count(int[] rows, int[] labels, KeyCounts into);

  /**
   * The keys on some rows, ascending, and labels ascending where keys are equal.
   *
   * @param rows positions in the scan [n]
   * @param labels label index of each [n]; ascending, at most 65,536 labels
   * @param into is filled
   */
  void sort(int[] rows, int[] labels, LabelledKeys into);
}
