package io.superneurons.neuron.baseline;

import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rows.Trial;
import io.superneurons.neuron.statistics.SymmetricMatrix;
import io.superneurons.neuron.vote.Verdicts;
import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * One attention head as a classifier by Gaussian discriminant analysis, of vectors at length 1: the
 * vision heads of Head Ensemble Classifiers (HEC-V, arXiv 2603.24181), with the settings of its
 * published code. A head is ranked by the mean probability that it gives to the labels of the rows
 * that it was fitted on; the best ones' probabilities are averaged.
 *
 * @param trial index of the {@link Trial} in the task's plan
 * @param layer zero-based decoder layer
 * @param head zero-based head
 * @param fit mean probability of the label, on the fit rows themselves
 * @param probabilities of each row's labels, one row after another [rows * labels]
 */
public record GaussianHead(int trial, int layer, int head, double fit, float[] probabilities)
    implements Serializable {
  /** How many of the best heads vote. */
  public static final int VOTERS = AttentionHead.VOTERS;

  /** The better first; equal ones by layer and head. */
  public static final Comparator<GaussianHead> BEST_FIRST =
      Comparator.comparingDouble(GaussianHead::fit)
          .reversed()
          .thenComparingInt(GaussianHead::layer)
          .thenComparingInt(GaussianHead::head);

  private static final double TEMPERATURE = 10;

  /**
   * Classifies every row of a task by one head.
   *
   * @param trial index of the trial in the plan
   * @param unit its vectors, at length 1
   */
  public static GaussianHead of(int trial, HeadVectors unit, TaskPlan plan) {
    int[] fit = plan.trials().get(trial).fit();
    int[] given = plan.rows().given();
    int labels = plan.rows().labels().size();
    Discriminant discriminant = Discriminant.of(unit, fit, given, labels);
    float[] probabilities = new float[plan.rows().size() * labels];
    for (int row = 0; row < plan.rows().size(); row++) {
      double[] ofRow = discriminant.logits(unit.values()[row]);
      HeadVectors.softmax(ofRow, TEMPERATURE);
      for (int label = 0; label < labels; label++) {
        probabilities[row * labels + label] = (float) ofRow[label];
      }
    }
    double sum = 0;
    for (int row : fit) {
      sum += probabilities[row * labels + given[row]];
    }
    return new GaussianHead(trial, unit.layer(), unit.head(), sum / fit.length, probabilities);
  }

  /**
   * Labels as Gaussians of one shape. What is the same for all labels of a row is left out.
   *
   * @param directions the inverse of the shape times each label's mean [labels][scalars]
   * @param constants what is added for each label [labels]
   */
  private record Discriminant(double[][] directions, double[] constants) {
    static Discriminant of(HeadVectors unit, int[] fit, int[] given, int labels) {
      double[][] means = unit.means(fit, given, labels);
      int size = means[0].length;
      double[][] centred = new double[fit.length][size];
      double[] counts = new double[labels];
      for (int i = 0; i < fit.length; i++) {
        counts[given[fit[i]]]++;
        for (int d = 0; d < size; d++) {
          centred[i][d] = unit.values()[fit[i]][d] - means[given[fit[i]]][d];
        }
      }
      SymmetricMatrix scatter = SymmetricMatrix.ofSquares(centred);
      double trace = scatter.trace() / Math.max(1, fit.length - 1);
      double[][] directions = new double[labels][size];
      double[] constants = new double[labels];
      SymmetricMatrix.Factor factor = trace > 0 ? scatter.factor(trace) : null;
      for (int label = 0; label < labels; label++) {
        constants[label] = Math.log(counts[label] / fit.length);
        if (factor != null) {
          directions[label] = factor.solve(means[label]);
          for (int d = 0; d < size; d++) {
            directions[label][d] *= size;
          }
          constants[label] -= HeadVectors.dot(means[label], directions[label]) / 2;
        }
      }
      return new Discriminant(directions, constants);
    }

    double[] logits(double[] vector) {
      double[] logits = constants.clone();
      for (int label = 0; label < logits.length; label++) {
        logits[label] += HeadVectors.dot(vector, directions[label]);
      }
      return logits;
    }
  }

  /**
   * The mean of the best heads, on every row of the task: on probing and validation rows that of
   * the main trial, on later ones that of the final one.
   */
  public static Verdicts vote(Collection<GaussianHead> heads, TaskPlan plan) {
    return BestHeads.onAllRows(plan, trial -> vote(heads, trial, plan.rows()));
  }

  private static Verdicts vote(Collection<GaussianHead> heads, int trial, TaskRows rows) {
    List<GaussianHead> voters = BestHeads.of(heads, GaussianHead::trial, trial, BEST_FIRST, VOTERS);
    int labels = rows.labels().size();
    double[][] sums = new double[rows.size()][labels];
    for (GaussianHead voter : voters) {
      for (int row = 0; row < sums.length; row++) {
        for (int label = 0; label < labels; label++) {
          sums[row][label] += voter.probabilities[row * labels + label];
        }
      }
    }
    return Verdicts.ofSums(sums);
  }
}
