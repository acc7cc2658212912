package io.superneurons.neuron;

/**
 * How often each label was given and predicted together. A row may lack a prediction ({@link
 * #NO_LABEL}): it counts as wrong and as no label's prediction.
 */
public final class Confusion {
  /** Stands for a prediction that is none of the labels. */
  public static final int NO_LABEL = -1;

  private final int labels;
  private final int[] counts;
  private final int[] given;
  private final int[] predicted;
  private int rows;
  private int right;

  /** No rows yet of that many labels. */
  public Confusion(int labels) {
    this.labels = labels;
    this.counts = new int[labels * labels];
    this.given = new int[labels];
    this.predicted = new int[labels];
  }

  /** The four counts of a two-way rule; label 1 is the positive one. */
  static Confusion ofTwo(int trueNegative, int falsePositive, int falseNegative, int truePositive) {
    Confusion confusion = new Confusion(2);
    confusion.add(0, 0, trueNegative);
    confusion.add(0, 1, falsePositive);
    confusion.add(1, 0, falseNegative);
    confusion.add(1, 1, truePositive);
    return confusion;
  }

  /** Counts one row. */
  public void add(int givenLabel, int predictedLabel) {
    add(givenLabel, predictedLabel, 1);
  }

  private void add(int givenLabel, int predictedLabel, int count) {
    rows += count;
    given[givenLabel] += count;
    if (predictedLabel == NO_LABEL) {
      return;
    }
    predicted[predictedLabel] += count;
    counts[givenLabel * labels + predictedLabel] += count;
    if (givenLabel == predictedLabel) {
      right += count;
    }
  }

  public int labels() {
    return labels;
  }

  public int rows() {
    return rows;
  }

  /** Rows whose prediction is the given label. */
  public int right() {
    return right;
  }

  /** Rows of that given label with that prediction. */
  public int count(int givenLabel, int predictedLabel) {
    return counts[givenLabel * labels + predictedLabel];
  }

  /** Rows of that given label. */
  public int given(int label) {
    return given[label];
  }

  /** Rows with that prediction. */
  public int predicted(int label) {
    return predicted[label];
  }

  /** Rows without a prediction. */
  public int unpredicted() {
    int with = 0;
    for (int count : predicted) {
      with += count;
    }
    return rows - with;
  }

  /** Rows of the label that was given most often. */
  public int mostFrequent() {
    int most = 0;
    for (int count : given) {
      most = Math.max(most, count);
    }
    return most;
  }
}
