package io.superneurons.neuron;

import java.util.Arrays;

/** One neuron's values on the rows that a rule is fitted on, with the rows' label indexes. */
final class Sample {
  private final float[] values;
  private final int[] given;
  private final int labels;
  private final double[] means;
  private final int[] counts;
  private long[] sorted;

  /**
   * @param values one a row, in the rows' own order, which decides how sums round
   * @param given label indexes, of the same length; every label has a row
   */
  Sample(float[] values, int[] given, int labels) {
    this.values = values;
    this.given = given;
    this.labels = labels;
    this.means = new double[labels];
    this.counts = new int[labels];
    for (int row = 0; row < values.length; row++) {
      means[given[row]] += values[row];
      counts[given[row]]++;
    }
    for (int label = 0; label < labels; label++) {
      means[label] /= counts[label];
    }
  }

  int rows() {
    return values.length;
  }

  int labels() {
    return labels;
  }

  float value(int row) {
    return values[row];
  }

  int given(int row) {
    return given[row];
  }

  int count(int label) {
    return counts[label];
  }

  double[] means() {
    return means;
  }

  /** Whether all values are finite and not all are equal: only then can it tell labels apart. */
  boolean isUsable() {
    boolean varies = false;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
      varies |= value != values[0];
    }
    return varies;
  }

  /** The value of that rank; ascending. */
  float sortedValue(int rank) {
    int key = (int) (sorted()[rank] >> 32);
    return Float.intBitsToFloat(key ^ (key >> 31 & 0x7fffffff));
  }

  /** The label index of the value of that rank. */
  int sortedGiven(int rank) {
    return (int) sorted()[rank];
  }

  /** Value and label in one long each, so that a primitive sort orders both. */
  private long[] sorted() {
    if (sorted == null) {
      long[] packed = new long[values.length];
      for (int row = 0; row < packed.length; row++) {
        int bits = Float.floatToRawIntBits(values[row] + 0f); // makes -0 the same value as 0
        packed[row] = (long) (bits ^ (bits >> 31 & 0x7fffffff)) << 32 | given[row];
      }
      Arrays.sort(packed);
      sorted = packed;
    }
    return sorted;
  }
}
