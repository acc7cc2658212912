package io.superneurons.neuron.vote;

import io.superneurons.activation.Names;

/** How much the vote of a neuron weighs. */
public enum Voting {
  /** All votes weigh the same. */
  MAJORITY,

  /** By its score above chance, on the rows that it was fitted on. */
  WEIGHTED,

  /**
   * By the log odds that its vote is right, on the rows that it was fitted on, each count plus one:
   * what naive Bayes adds up for neurons that err alike on all labels. For L labels and a neuron
   * that is right on r rows and wrong on w, {@code ln((r + 1) / (w + 1)) + ln(L - 1)}. For a
   * detector that fires on h of p rows of its label and f of n others, {@code ln((h + 1) / (p + 2))
   * - ln((f + 1) / (n + 2))}.
   */
  LOG_ODDS,

  /**
   * By how much more often its vote is given to rows of each label, on the rows that it was fitted
   * on: what naive Bayes adds up (scikit-learn's {@code CategoricalNB}). A vote that c of the n
   * rows of a label get, and V votes that the neuron can give, add {@code ln((c + 1) / (n + V))} to
   * that label. So a vote for one label may speak against a second one and leave a third one open.
   * By accuracy, the more frequent labels begin with a lead: the logarithms of the labels' shares
   * of the rows, of which each neuron's table has an equal part.
   */
  NAIVE_BAYES,

  /**
   * By its value and not by its vote: least squares with a penalty on the neurons' standardised
   * values, fitted together, to targets of 1 for a row's label and -1 for the others
   * (scikit-learn's {@code Ridge} with an {@code alpha} of a tenth of the rows). Votes are what
   * each label comes to; the margin is the lead as a share of 2, the distance between the targets,
   * and at most 1.
   */
  RIDGE;

  /** Weights are whole multiples of this, so that sums of them are exact in any order. */
  private static final double GRAIN = 0x1p-20;

  /** The name in files; options spell it {@code log-odds}. */
  public String label() {
    return Names.of(this);
  }

  /** The nearest weight whose sums are exact; at least the smallest one. */
  public static double grained(double weight) {
    return Math.max(1, Math.rint(weight / GRAIN)) * GRAIN;
  }

  /**
   * The way of that name, with dashes or underscores.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static Voting of(String name) {
    return Names.find(Voting.class, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No vote is named '" + name + "'; votes: " + Names.all(Voting.class)));
  }
}
