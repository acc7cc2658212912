package io.superneurons.neuron.values;

/** One neuron's values on the rows of a scan. */
public interface NeuronValues {
  /** How keys stand for values. */
  Keys type();

  /** The key of the value on a row. */
  int key(int row);

  /**
   * The keys on some rows.
   *
   * @param rows positions in the scan
   * @param labels label index of each
   * @param into is filled, in the rows' order
   */
  void copy(int[] rows, int[] labels, LabelledKeys into);

  /**
   * How many rows of either label lie at or below each key.
   *
   * @param rows positions in the scan
   * @param labels label index of each, 0 or 1, ascending
   * @param into is filled
   */
  void count(int[] rows, int[] labels, KeyCounts into);

  /**
   * The keys on some rows, ascending, and labels ascending where keys are equal.
   *
   * @param rows positions in the scan
   * @param labels label index of each; at most 65,536 labels
   * @param into is filled
   */
  void sort(int[] rows, int[] labels, LabelledKeys into);
}
