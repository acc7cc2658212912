package io.superneurons.image.process;

import java.util.function.IntFunction;

/**
 * Weighted sums of samples in fixed point. Loops are of whole numbers and without a condition, and
 * several terms are added in each: so the compiler makes vector instructions of them.
 */
final class FixedPoint {
  private static final int TERMS = 4;
  private static final int SIGN = Integer.SIZE - 1;

  private FixedPoint() {}

  /**
   * Adds weighted vectors that follow one another.
   *
   * @param sums what is added to [length]
   * @param vectors by their place, each as long as the sums
   * @param first place of the first one
   * @param factors weights of the vectors
   * @param factor where the first weight stands
   * @param count how many vectors
   */
  static void add(
      int[] sums, IntFunction<int[]> vectors, int first, int[] factors, int factor, int count) {
    int added = 0;
    for (; added + TERMS <= count; added += TERMS) {
      int v = first + added;
      int k = factor + added;
      addFour(
          sums,
          vectors.apply(v),
          factors[k],
          vectors.apply(v + 1),
          factors[k + 1],
          vectors.apply(v + 2),
          factors[k + 2],
          vectors.apply(v + 3),
          factors[k + 3]);
    }
    for (; added < count; added++) {
      add(sums, vectors.apply(first + added), factors[factor + added]);
    }
  }

  private static void addFour(
      int[] sums, int[] a, int ofA, int[] b, int ofB, int[] c, int ofC, int[] d, int ofD) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a[i] * ofA + b[i] * ofB + c[i] * ofC + d[i] * ofD;
    }
  }

  private static void add(int[] sums, int[] vector, int factor) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += vector[i] * factor;
    }
  }

  /**
   * Leaves the digits behind the point out, and brings what is left to 0 to 255: by the sign bit,
   * which is 0 or all ones, in place of conditions.
   */
  static void toSamples(int[] sums, int bits) {
    for (int i = 0; i < sums.length; i++) {
      int value = sums[i] >> bits;
      int positive = value & ~(value >> SIGN);
      sums[i] = (positive | 255 - positive >> SIGN) & 255;
    }
  }
}
