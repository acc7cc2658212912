package io.superneurons.neuron.baseline;

import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rows.Trial;
import io.superneurons.neuron.vote.Verdicts;
import io.superneurons.neuron.vote.Votes;
import io.superneurons.neuron.vote.Weight;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One attention head as a classifier: the related method that Super Neurons are compared with
 * (Sparse Attention Vectors, Mitra et al.). The mean vector of each label over the trial's fit rows
 * is its centroid, and a row has the label of the centroid nearest by cosine.
 *
 * @param trial index of the {@link Trial} in the task's plan
 * @param layer zero-based decoder layer
 * @param head zero-based head
 * @param fitAccuracy its accuracy on the fit rows themselves
 * @param votes on each row of the task
 */
public record AttentionHead(int trial, int layer, int head, double fitAccuracy, Votes votes)
    implements Serializable {
  /** How many of the best heads vote. */
  public static final int VOTERS = 20;

  /** The more accurate first; equal ones by layer and head. */
  public static final Comparator<AttentionHead> BEST_FIRST =
      Comparator.comparingDouble(AttentionHead::fitAccuracy)
          .reversed()
          .thenComparingInt(AttentionHead::layer)
          .thenComparingInt(AttentionHead::head);

  /**
   * Classifies every row of a task by one head.
   *
   * @param trial index of the trial in the plan
   * @param dimensions the values of the head's scalars [scalars of the head][rows]
   */
  public static AttentionHead of(
      int trial, int layer, int head, float[][] dimensions, TaskPlan plan) {
    TaskRows rows = plan.rows();
    int[] fit = plan.trials().get(trial).fit();
    double[][] centroids = centroids(dimensions, fit, rows);
    Votes votes =
        Votes.of(centroids.length, rows.size(), row -> nearest(dimensions, row, centroids));
    long right = Arrays.stream(fit).filter(row -> votes.label(row) == rows.given()[row]).count();
    return new AttentionHead(trial, layer, head, (double) right / fit.length, votes);
  }

  /** The mean vector of each label at length 1 [labels][scalars of the head]. */
  private static double[][] centroids(float[][] dimensions, int[] fit, TaskRows rows) {
    double[][] centroids = new double[rows.labels().size()][dimensions.length];
    int[] counts = new int[centroids.length];
    for (int row : fit) {
      int label = rows.given()[row];
      counts[label]++;
      for (int d = 0; d < dimensions.length; d++) {
        centroids[label][d] += dimensions[d][row];
      }
    }
    for (int label = 0; label < centroids.length; label++) {
      double count = counts[label];
      double norm =
          Math.sqrt(Arrays.stream(centroids[label]).map(v -> v / count * v / count).sum());
      for (int d = 0; d < dimensions.length; d++) {
        centroids[label][d] = norm == 0 ? 0 : centroids[label][d] / count / norm;
      }
    }
    return centroids;
  }

  /** The row's own norm is the same for every label, so the dot product orders as cosine does. */
  private static int nearest(float[][] dimensions, int row, double[][] centroids) {
    int nearest = 0;
    double best = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < centroids.length; label++) {
      double dot = 0;
      for (int d = 0; d < dimensions.length; d++) {
        dot += dimensions[d][row] * centroids[label][d];
      }
      if (dot > best) {
        best = dot;
        nearest = label;
      }
    }
    return nearest;
  }

  /**
   * The majority of the best heads, on every row of the task: on probing and validation rows those
   * of the main trial, on later ones those of the final one.
   */
  public static Verdicts vote(Collection<AttentionHead> heads, TaskPlan plan) {
    return BestHeads.onAllRows(plan, trial -> vote(heads, trial, plan.rows()));
  }

  private static Verdicts vote(Collection<AttentionHead> heads, int trial, TaskRows rows) {
    List<AttentionHead> voters =
        BestHeads.of(heads, AttentionHead::trial, trial, BEST_FIRST, VOTERS);
    Verdicts verdicts = Verdicts.empty(rows.size(), rows.labels().size());
    double[] alike = new double[voters.size()];
    Arrays.fill(alike, 1);
    verdicts.decide(
        voters.stream().map(AttentionHead::votes).toArray(Votes[]::new),
        Weight.all(alike),
        IntStream.range(0, rows.size()).toArray());
    return verdicts;
  }
}
