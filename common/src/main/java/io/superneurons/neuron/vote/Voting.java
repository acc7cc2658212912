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
  LOG_ODDS;

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
