package io.superneurons.neuron.statistics;

/**
 * How often each label was given, predicted, and both. A row may lack a prediction ({@link
 * #NO_LABEL}): it then counts as wrong, and as a prediction of no label.
 */
public final class Confusion {
  /** Stands for a prediction that is none of the labels. */
  public static final int NO_LABEL = -1;

  private final int labels;
  private final int[] hits;
  private final int[] given;
  private final int[] predicted;
  private int rows;
  private int right;

  /** Has no rows yet; the rows to come have that many labels. */
  public Confusion(int labels) {
    this.labels = labels;
    this.hits = new int[labels];
    this.given = new int[labels];
    this.predicted = new int[labels];
  }

  /** Counts one row. */
  public void add(int givenLabel, int predictedLabel) {
    add(givenLabel, predictedLabel, 1);
  }

  /** Counts several rows that have the same label and the same prediction. */
  public void add(int givenLabel, int predictedLabel, int count) {
    rows += count;
    given[givenLabel] += count;
    if (predictedLabel == NO_LABEL) {
      return;
    }
    predicted[predictedLabel] += count;
    if (givenLabel == predictedLabel) {
      hits[givenLabel] += count;
      right += count;
    }
  }

  /** Counts all rows of another confusion of the same labels. */
  public void add(Confusion other) {
    rows += other.rows;
    right += other.right;
    for (int label = 0; label < labels; label++) {
      given[label] += other.given[label];
      predicted[label] += other.predicted[label];
      hits[label] += other.hits[label];
    }
  }

  /** How many labels there are. */
  int labels() {
    return labels;
  }

  /** How many rows were counted. */
  public int rows() {
    return rows;
  }

  /** Rows whose prediction is the given label. */
  public int right() {
    return right;
  }

  /** Rows of that label that were predicted to have it. */
  public int hits(int label) {
    return hits[label];
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
  int mostFrequent() {
    int most = 0;
    for (int count : given) {
      most = Math.max(most, count);
    }
    return most;
  }
}
