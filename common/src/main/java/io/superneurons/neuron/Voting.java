package io.superneurons.neuron;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much the vote of a neuron weighs. */
public enum Voting {
  /** All the same. */
  MAJORITY,

  /** By its probing score above chance. */
  WEIGHTED;

  /** Weights are whole multiples of this, so that sums of them are exact in any order. */
  private static final double GRAIN = 0x1p-20;

  /** The name in files and options. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The weight of a neuron's vote.
   *
   * @param probe its score on the probing rows
   * @param chance what guessing is worth there
   * @return positive
   */
  public double weight(double probe, double chance) {
    return switch (this) {
      case MAJORITY -> 1;
      case WEIGHTED -> grained(probe - chance);
    };
  }

  /** The nearest weight whose sums are exact; at least the smallest one. */
  static double grained(double weight) {
    return Math.max(1, Math.rint(weight / GRAIN)) * GRAIN;
  }

  /**
   * The way of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static Voting of(String name) {
    for (Voting voting : values()) {
      if (voting.label().equals(name)) {
        return voting;
      }
    }
    String known = Arrays.stream(values()).map(Voting::label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("No vote is named '" + name + "'; votes: " + known);
  }
}
