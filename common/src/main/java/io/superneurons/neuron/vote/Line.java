package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Confusion;
import java.util.Arrays;

/**
 * A value that adds to each label by a line of its own: {@code offset + slope * value}. A value
 * that is not finite adds nothing.
 */
public final class Line implements Evidence {
  private static final long serialVersionUID = 1;

  private final double weight;
  private final double[] offsets; // [labels]
  private final double[] slopes; // [labels]

  /**
   * The lines of one voter.
   *
   * @param weight its share of the most that all voters together are meant to add, positive
   * @param offsets what a value of 0 adds to each label [labels]
   * @param slopes what each unit of the value adds besides [labels]
   */
  public Line(double weight, double[] offsets, double[] slopes) {
    boolean finite =
        Arrays.stream(offsets).allMatch(Double::isFinite)
            && Arrays.stream(slopes).allMatch(Double::isFinite);
    if (!(weight > 0) || !finite || offsets.length != slopes.length) {
      throw new IllegalArgumentException(
          "Lines need a positive weight, and an offset and a slope for each label");
    }
    this.weight = weight;
    this.offsets = offsets.clone();
    this.slopes = slopes.clone();
  }

  /** What a value of 0 adds to each label [labels]. */
  public double[] offsets() {
    return offsets.clone();
  }

  /** What each unit of the value adds to each label [labels]. */
  public double[] slopes() {
    return slopes.clone();
  }

  @Override
  public double weight() {
    return weight;
  }

  @Override
  public double of(int vote, float value, int label) {
    return !Float.isFinite(value) ? 0 : offsets[label] + slopes[label] * value;
  }

  @Override
  public void add(int vote, float value, double[] sums) {
    if (Float.isFinite(value)) {
      for (int label = 0; label < sums.length; label++) {
        sums[label] += offsets[label] + slopes[label] * value;
      }
    }
  }

  @Override
  public void add(Voter voter, int[] rows, double[][] sums) {
    for (int row : rows) {
      add(Confusion.NO_LABEL, voter.value(row), sums[row]);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Line line
        && weight == line.weight
        && Arrays.equals(offsets, line.offsets)
        && Arrays.equals(slopes, line.slopes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(offsets) + Arrays.hashCode(slopes);
  }
}
