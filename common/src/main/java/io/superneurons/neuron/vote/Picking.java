package io.superneurons.neuron.vote;

import io.superneurons.activation.Names;
import java.util.Objects;

/**
 * Which of the ranked neurons vote.
 *
 * @param kind how they are picked
 * @param most at most so many are picked
 * @param least score on the rows that ranked them; matters to {@link Kind#THRESHOLD} only
 */
public record Picking(Kind kind, int most, double least) {
  /** Greedy picking looks at so many of the best neurons. */
  public static final int GREEDY_POOL = 127;

  /** Greedy picking takes no more than this many: later neurons add next to nothing. */
  public static final int MOST_GREEDY = 31;

  /** How neurons are picked. */
  public enum Kind {
    /** The best ones. */
    TOP_K,

    /** Every one whose score is high enough, up to the limit. */
    THRESHOLD,

    /** One after another, each the one that helps the vote of those before it most. */
    GREEDY;

    /** The name in files; options spell it {@code top-k}. */
    public String label() {
      return Names.of(this);
    }

    /**
     * The one of that name, with dashes or underscores.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    public static Kind of(String name) {
      return Names.find(Kind.class, name)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "No picking is named '" + name + "'; there are: " + Names.all(Kind.class)));
    }
  }

  public Picking {
    Objects.requireNonNull(kind, "kind");
    if (most < 1) {
      throw new IllegalArgumentException("Pick at least one neuron, not " + most);
    }
    if (kind == Kind.GREEDY && most > MOST_GREEDY) {
      throw new IllegalArgumentException(
          "Greedy picking takes at most " + MOST_GREEDY + " neurons");
    }
  }

  /** The best neurons. */
  public static Picking topK(int k) {
    return new Picking(Kind.TOP_K, k, Double.NaN);
  }

  /** Neurons that score at least so much; if they are too many, the best of them. */
  public static Picking above(double least, int most) {
    return new Picking(Kind.THRESHOLD, most, least);
  }

  /** So many neurons, each picked for what it adds to the vote of those before it. */
  public static Picking greedy(int k) {
    return new Picking(Kind.GREEDY, k, Double.NaN);
  }

  /** The same way of picking with another number of neurons. */
  public Picking withMost(int other) {
    return new Picking(kind, other, least);
  }
}
