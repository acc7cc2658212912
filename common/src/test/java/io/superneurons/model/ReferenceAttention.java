package io.superneurons.model;

import java.util.Random;

/** Attention as sums in double, on numbers that bfloat16 holds. */
public final class ReferenceAttention {
  private ReferenceAttention() {}

  /** Multiples of 1 / 64 below 2, which bfloat16 holds. */
  public static float[] values(int size, Random random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(-127, 128) / 64f;
    }
    return values;
  }

  /**
   * One query of one head; the result is added to {@code z} where the query lies in {@code q}.
   *
   * @param from where the query starts
   * @param at where the vectors that it sees start, in {@code k} and in {@code v}
   * @param dim of a vector
   */
  public static void attend(
      float[] q, int from, float[] k, float[] v, int[] at, int dim, double[] z) {
    double[] weights = new double[at.length];
    double sum = 0;
    for (int i = 0; i < at.length; i++) {
      double score = 0;
      for (int d = 0; d < dim; d++) {
        score += (double) q[from + d] * k[at[i] + d];
      }
      weights[i] = Math.exp(score / Math.sqrt(dim));
      sum += weights[i];
    }
    for (int i = 0; i < at.length; i++) {
      for (int d = 0; d < dim; d++) {
        z[from + d] += weights[i] / sum * v[at[i] + d];
      }
    }
  }
}
