package io.superneurons.neuron.statistics;

import io.superneurons.activation.Names;

/** What a classifier is scored by; the values are scikit-learn's. */
public enum Metric {
  /** Share of rows that are right. */
  ACCURACY,

  /** Mean recall over the labels that have rows. */
  BALANCED_ACCURACY,

  /**
   * Mean F1 over the labels that were given or predicted; F1 is 0 for a label that was never
   * predicted rightly.
   */
  MACRO_F1,

  /** Matthews correlation coefficient, for any number of labels; 0 where undefined. */
  MCC,

  /**
   * Area under the receiver operating characteristic, see {@link Auc}; for more than two labels the
   * mean over the labels, each against the rest. It ranks numbers; where there are predictions
   * alone, it is the area under the curve through the one point that they make.
   */
  AUC;

  /** The name in files, such as {@code macro_f1}; options spell it {@code macro-f1}. */
  public String label() {
    return Names.of(this);
  }

  /**
   * The metric of that name, with dashes or underscores.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static Metric of(String name) {
    return Names.find(Metric.class, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No metric is named '" + name + "'; metrics: " + Names.all(Metric.class)));
  }

  /** The metric of those predictions; NaN if there are none. */
  public double of(Confusion confusion) {
    if (confusion.rows() == 0) {
      return Double.NaN;
    }
    return switch (this) {
      case ACCURACY -> (double) confusion.right() / confusion.rows();
      case BALANCED_ACCURACY -> balancedAccuracy(confusion);
      case MACRO_F1 -> macroF1(confusion);
      case MCC -> mcc(confusion);
      case AUC -> auc(confusion);
    };
  }

  /**
   * What guessing is worth: the share of the most frequent label by accuracy, one divided by the
   * number of labels by balanced accuracy and macro F1, 0 by MCC, one half by AUC.
   */
  public double chance(Confusion confusion) {
    return switch (this) {
      case ACCURACY -> (double) confusion.mostFrequent() / confusion.rows();
      case BALANCED_ACCURACY, MACRO_F1 -> 1.0 / confusion.labels();
      case MCC -> 0;
      case AUC -> Auc.CHANCE;
    };
  }

  private static double balancedAccuracy(Confusion confusion) {
    double recalls = 0;
    int present = 0;
    for (int label = 0; label < confusion.labels(); label++) {
      int given = confusion.given(label);
      if (given > 0) {
        recalls += (double) confusion.hits(label) / given;
        present++;
      }
    }
    return recalls / present;
  }

  private static double macroF1(Confusion confusion) {
    double sum = 0;
    int present = 0;
    for (int label = 0; label < confusion.labels(); label++) {
      int either = confusion.given(label) + confusion.predicted(label);
      if (either > 0) {
        sum += 2.0 * confusion.hits(label) / either;
        present++;
      }
    }
    return sum / present;
  }

  /**
   * A label that all rows have, or none, cannot be ranked and is left out; where that leaves no
   * label, the value is that of guessing.
   */
  private static double auc(Confusion confusion) {
    double sum = 0;
    int ranked = 0;
    for (int label = 0; label < confusion.labels(); label++) {
      double given = confusion.given(label);
      double others = confusion.rows() - given;
      if (given > 0 && others > 0) {
        double hits = confusion.hits(label);
        double falseAlarms = confusion.predicted(label) - hits;
        sum += (1 + hits / given - falseAlarms / others) / 2;
        ranked++;
      }
    }
    return ranked == 0 ? Auc.CHANCE : sum / ranked;
  }

  /** Gorodkin's form; rows without a prediction count as a label of their own. */
  private static double mcc(Confusion confusion) {
    double rows = confusion.rows();
    double unpredicted = confusion.unpredicted();
    double together = 0;
    double given = 0;
    double predicted = unpredicted * unpredicted;
    for (int label = 0; label < confusion.labels(); label++) {
      double g = confusion.given(label);
      double p = confusion.predicted(label);
      together += g * p;
      given += g * g;
      predicted += p * p;
    }
    double spread = (rows * rows - given) * (rows * rows - predicted);
    return spread == 0 ? 0 : (confusion.right() * rows - together) / Math.sqrt(spread);
  }
}
