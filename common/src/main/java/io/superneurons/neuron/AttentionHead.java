package io.superneurons.neuron;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * One attention head as a classifier: the relative that Super Neurons are compared with (Sparse
 * Attention Vectors, Mitra et al.). The mean vector of each label over the probing rows is its
 * centroid, and a row has the label of the centroid nearest by cosine.
 *
 * @param layer zero-based decoder layer
 * @param head zero-based head
 * @param probe its accuracy on the probing rows themselves
 * @param votes on each row of the task
 */
public record AttentionHead(int layer, int head, double probe, Votes votes)
    implements Serializable {
  /** How many of the best heads vote. */
  public static final int VOTERS = 20;

  /** The better first; equal ones by layer and head. */
  public static final Comparator<AttentionHead> BEST_FIRST =
      Comparator.comparingDouble(AttentionHead::probe)
          .reversed()
          .thenComparingInt(AttentionHead::layer)
          .thenComparingInt(AttentionHead::head);

  /**
   * Classifies every row of a task by one head.
   *
   * @param dimensions the head's scalars, each a value a row
   * @param start where this task's rows start in them
   */
  public static AttentionHead of(
      int layer, int head, float[][] dimensions, int start, TaskRows rows) {
    double[][] centroids = centroids(dimensions, start, rows);
    Votes votes =
        Votes.of(centroids.length, rows.size(), row -> nearest(dimensions, start + row, centroids));
    int right = 0;
    for (int row = 0; row < rows.size(TaskRows.PROBE); row++) {
      right += votes.label(row) == rows.given()[row] ? 1 : 0;
    }
    return new AttentionHead(layer, head, (double) right / rows.size(TaskRows.PROBE), votes);
  }

  private static double[][] centroids(float[][] dimensions, int start, TaskRows rows) {
    double[][] centroids = new double[rows.labels().size()][dimensions.length];
    int[] counts = new int[centroids.length];
    for (int row = 0; row < rows.size(TaskRows.PROBE); row++) {
      int label = rows.given()[row];
      counts[label]++;
      for (int d = 0; d < dimensions.length; d++) {
        centroids[label][d] += dimensions[d][start + row];
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

  /** The majority of the best heads; a label index for each row of the task. */
  public static int[] vote(Collection<AttentionHead> heads, TaskRows rows) {
    List<AttentionHead> voters = heads.stream().sorted(BEST_FIRST).limit(VOTERS).toList();
    int[] predicted = new int[rows.size()];
    for (int row = 0; row < predicted.length; row++) {
      Tally tally = new Tally(rows.labels().size());
      for (AttentionHead head : voters) {
        tally.add(head.votes().label(row), 1);
      }
      predicted[row] = tally.winner();
    }
    return predicted;
  }
}
