package io.superneurons.neuron.rule;

import io.superneurons.activation.Names;
import java.util.List;

/**
 * How one number becomes a label. What a rule learns comes from the rows that it is fitted on,
 * never from rows that check it.
 */
public enum Rule {
  /** Two labels: above or below zero; only the polarity is learnt. */
  ZERO,

  /** Two labels: above or below the midpoint of the two class means. */
  MIDPOINT,

  /** Two labels: above or below the cut that scores best on the rows that it is fitted on. */
  BEST_CUT,

  /** Any number of labels: the label whose class mean is nearest on the line. */
  NEAREST_MEAN,

  /**
   * Three labels or more: a neuron stands for one label and votes for it or not at all. Cut and
   * ranked by balanced accuracy of that label against the rest whatever the metric is, since by
   * accuracy a detector of a rare label that never fires would look good.
   */
  ONE_VS_REST;

  /** The name in files, such as {@code best_cut}; options spell it {@code best-cut}. */
  public String label() {
    return Names.of(this);
  }

  /** Whether the rule can tell that number of labels apart. */
  public boolean fits(int labels) {
    return switch (this) {
      case ZERO, MIDPOINT, BEST_CUT -> labels == 2;
      case NEAREST_MEAN -> labels >= 2;
      case ONE_VS_REST -> labels >= 3;
    };
  }

  /** The rules that are tried, in order of preference, where the user leaves the choice. */
  public static List<Rule> tried(int labels) {
    return labels == 2 ? List.of(MIDPOINT, BEST_CUT, ZERO) : List.of(NEAREST_MEAN, ONE_VS_REST);
  }

  /**
   * The rule of that name, with dashes or underscores.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static Rule of(String name) {
    return Names.find(Rule.class, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No rule is named '" + name + "'; rules: " + Names.all(Rule.class)));
  }
}
