package io.superneurons.neuron.choose;

import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.statistics.RidgeSystem;
import io.superneurons.neuron.vote.Evidence;
import io.superneurons.neuron.vote.Line;
import io.superneurons.neuron.vote.Voting;
import java.util.Arrays;
import java.util.List;

/**
 * Fits what {@link Voting#RIDGE} adds up: a line per neuron and label, all together, by least
 * squares with a penalty.
 */
final class RidgeVote {
  /** The penalty on a slope per deviation, as a share of the number of rows. */
  private static final double PENALTY = 0.1;

  /** How far apart the values of a row's label and of another are meant to be. */
  private static final double APART = 2;

  /** Of a neuron that adds the same to all labels; weights of votes are positive. */
  private static final double LEAST = 0x1p-20;

  private final FitRows fit;
  private final double[] means; // [members]
  private final double[] deviations; // [members]
  private final RidgeSystem.Weights solution; // of values per deviation

  private RidgeVote(List<Rankings.Place> members, FitRows fit) {
    this.fit = fit;
    double[][] values = members.stream().map(fit::values).toArray(double[][]::new);
    this.means = new double[values.length];
    this.deviations = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      standardise(i, values[i]);
    }
    this.solution = new RidgeSystem(values).solve(targets(), PENALTY * fit.rows().length);
  }

  /**
   * What each member adds.
   *
   * @param fit the rows that the members were fitted on
   */
  static Evidence[] of(List<Rankings.Place> members, FitRows fit) {
    return new RidgeVote(members, fit).lines();
  }

  /** Puts values in deviations from their mean; one that is not finite is at the mean. */
  private void standardise(int member, double[] values) {
    double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
    means[member] = Arrays.stream(known).average().orElse(0);
    double square = Arrays.stream(known).map(v -> v - means[member]).map(v -> v * v).sum();
    deviations[member] = square > 0 ? Math.sqrt(square / known.length) : 1;
    for (int row = 0; row < values.length; row++) {
      double value = Double.isFinite(values[row]) ? values[row] : means[member];
      values[row] = (value - means[member]) / deviations[member];
    }
  }

  /** 1 for the row's label and -1 for others [labels, rows]. */
  private double[][] targets() {
    double[][] targets = new double[fit.labels()][fit.rows().length];
    for (int label = 0; label < targets.length; label++) {
      for (int i = 0; i < targets[label].length; i++) {
        targets[label][i] = fit.given()[fit.rows()[i]] == label ? 1 : 1 - APART;
      }
    }
    return targets;
  }

  private Evidence[] lines() {
    double[] spreads = new double[means.length];
    for (int member = 0; member < means.length; member++) {
      double most = Double.NEGATIVE_INFINITY;
      double least = Double.POSITIVE_INFINITY;
      for (double[] ofLabel : solution.weights()) {
        most = Math.max(most, ofLabel[member]);
        least = Math.min(least, ofLabel[member]);
      }
      spreads[member] = Math.max(most - least, LEAST);
    }
    double all = Arrays.stream(spreads).sum();
    Evidence[] lines = new Evidence[means.length];
    for (int member = 0; member < lines.length; member++) {
      lines[member] = line(member, APART * spreads[member] / all);
    }
    return lines;
  }

  /** Each line has an equal part of the intercept. */
  private Evidence line(int member, double weight) {
    int labels = solution.weights().length;
    double[] offsets = new double[labels];
    double[] slopes = new double[labels];
    for (int label = 0; label < labels; label++) {
      slopes[label] = solution.weights()[label][member] / deviations[member];
      offsets[label] = solution.intercepts()[label] / means.length - slopes[label] * means[member];
    }
    return new Line(weight, offsets, slopes);
  }
}
