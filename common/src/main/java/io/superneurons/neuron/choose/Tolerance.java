package io.superneurons.neuron.choose;

/** How much worse than the best a choice with an earlier exit layer, or a simpler vote, may be. */
@FunctionalInterface
public interface Tolerance {
  /** By how much a score may be lower than the best one. */
  double below(double best);

  /**
   * What is left of it where that much was lost already.
   *
   * @param lost at least 0; where it is nothing this is the same tolerance
   */
  default Tolerance after(double lost) {
    return !(lost > 0) ? this : best -> Math.max(0, below(best + lost) - lost);
  }

  /**
   * Always the same.
   *
   * @param share from 0 to below 1
   */
  static Tolerance of(double share) {
    return new Share(share);
  }

  /** A share of the rows. */
  record Share(double share) implements Tolerance {
    public Share {
      if (!(share >= 0 && share < 1)) {
        throw new IllegalArgumentException("it must be from 0 to below 1, not " + share);
      }
    }

    @Override
    public double below(double best) {
      return share;
    }
  }

  /**
   * One standard error of the best score, taken for a share of so many images: within that the rows
   * that choose do not tell which choice is better (Breiman, Friedman, Olshen and Stone,
   * "Classification and Regression Trees", 1984). Two right and two wrong images are added, as
   * Agresti and Coull do (1998), so that it is not 0 where all are right.
   *
   * @param images of the rows that choose
   */
  static Tolerance ofOneError(int images) {
    return best -> {
      double right = (Math.max(0, Math.min(1, best)) * images + 2) / (images + 4);
      return Math.sqrt(right * (1 - right) / (images + 4));
    };
  }
}
