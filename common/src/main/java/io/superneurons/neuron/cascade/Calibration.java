package io.superneurons.neuron.cascade;

import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.Margins;

/**
 * How likely a level's vote is right, by its margin: a logistic curve through held-out rows, which
 * had no say in the level (Platt, "Probabilistic outputs for support vector machines", 1999; what
 * scikit-learn's {@code CalibratedClassifierCV(method="sigmoid")} fits). Platt's targets stay off 0
 * and 1, so that few rows, or rows that are all right, make no certainty. One more row counts, of
 * margin 0 and right by half: where labels tie nothing is known, so that the curve falls towards
 * margins that no held-out row had. The curve never falls as margins rise: where the held-out rows
 * say that closer votes are right more often, which is luck, margins tell nothing, and the curve is
 * flat.
 *
 * @param slope of the log odds, per unit of margin; at least 0
 * @param intercept log odds at a margin of 0
 */
public record Calibration(double slope, double intercept) {
  private static final int MOST_STEPS = 100;

  /** Steps that gain less than this end the search. */
  private static final double NOTHING = 1e-12;

  /** Keeps the equations solvable where all margins are equal. */
  private static final double RIDGE = 1e-9;

  /**
   * Fits the curve.
   *
   * @param level whose margins count
   */
  public static Calibration of(HeldOut heldOut, int level) {
    Fit fit = new Fit(heldOut, level);
    Calibration free = fit.fitted();
    // the loss is convex, so that what it is least at among slopes from 0 on is then at 0
    return free.slope < 0 ? fit.flat() : free;
  }

  /** The probability that a vote with that margin is right. */
  public double probability(double margin) {
    return 1 / (1 + Math.exp(-slope * margin - intercept));
  }

  /** Of the row that is added. */
  private static final double TARGET_OF_TIE = 0.5;

  /** Newton's method on the cross entropy of the targets, with steps halved until they gain. */
  private static final class Fit {
    private final HeldOut heldOut;
    private final int level;
    private final double targetOfRight;
    private final double targetOfWrong;

    Fit(HeldOut heldOut, int level) {
      this.heldOut = heldOut;
      this.level = level;
      double right = 0;
      for (int kind = 0; kind < heldOut.rows().length; kind++) {
        right += heldOut.right()[level][kind] ? heldOut.rows()[kind] : 0;
      }
      targetOfRight = (right + 1) / (right + 2);
      targetOfWrong = 1 / (heldOut.total() - right + 2);
    }

    Calibration fitted() {
      Calibration best = new Calibration(0, 0);
      double loss = loss(best);
      for (int i = 0; i < MOST_STEPS; i++) {
        Calibration step = step(best);
        double share = 1;
        Calibration next = moved(best, step, share);
        while (loss(next) > loss && share > NOTHING) {
          share /= 2;
          next = moved(best, step, share);
        }
        double gain = loss - loss(next);
        if (!(gain > NOTHING * loss)) {
          return best;
        }
        best = next;
        loss -= gain;
      }
      return best;
    }

    /** The best curve of slope 0: the mean of the targets everywhere. */
    Calibration flat() {
      double sum = TARGET_OF_TIE;
      for (int kind = 0; kind < heldOut.rows().length; kind++) {
        sum += heldOut.rows()[kind] * target(kind);
      }
      double mean = sum / (heldOut.total() + 1);
      return new Calibration(0, Math.log(mean / (1 - mean)));
    }

    private static Calibration moved(Calibration from, Calibration step, double share) {
      return new Calibration(
          from.slope - share * step.slope, from.intercept - share * step.intercept);
    }

    private double margin(int kind) {
      return Margins.value(heldOut.margins()[level][kind]);
    }

    private double target(int kind) {
      return heldOut.right()[level][kind] ? targetOfRight : targetOfWrong;
    }

    private double loss(Calibration curve) {
      double loss = loss(curve.intercept, TARGET_OF_TIE);
      for (int kind = 0; kind < heldOut.rows().length; kind++) {
        double odds = curve.slope * margin(kind) + curve.intercept;
        loss += heldOut.rows()[kind] * loss(odds, target(kind));
      }
      return loss;
    }

    private static double loss(double odds, double target) {
      // ln(1 + exp(odds)) without overflow
      double all = Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)));
      return all - target * odds;
    }

    private Calibration step(Calibration curve) {
      double tied = curve.probability(0);
      double ofSlope = 0;
      double ofIntercept = tied - TARGET_OF_TIE;
      double squares = RIDGE;
      double products = 0;
      double ones = RIDGE + tied * (1 - tied);
      for (int kind = 0; kind < heldOut.rows().length; kind++) {
        double margin = margin(kind);
        double probability = curve.probability(margin);
        double off = heldOut.rows()[kind] * (probability - target(kind));
        double weight = heldOut.rows()[kind] * probability * (1 - probability);
        ofSlope += off * margin;
        ofIntercept += off;
        squares += weight * margin * margin;
        products += weight * margin;
        ones += weight;
      }
      double determinant = squares * ones - products * products;
      return new Calibration(
          (ones * ofSlope - products * ofIntercept) / determinant,
          (squares * ofIntercept - products * ofSlope) / determinant);
    }
  }
}
