package io.superneurons.image.process;

import java.util.Arrays;

/**
 * Along one axis, which source pixels make an output pixel, and how much of each, in fixed point.
 * Pillow's {@code precompute_coeffs}.
 */
final class ResampleWeights {
  /** Pillow: 32 less 8 of the sample and 2 of headroom, since weights may exceed 1. */
  private static final int MOST_BITS = 32 - 8 - 2;

  private final int[] firsts; // [outputs]
  private final int[] counts; // [outputs]
  private final int[] factors; // [outputs, stride]
  private final int stride;
  private final int fractionalBits;

  private ResampleWeights(
      int[] firsts, int[] counts, int[] factors, int stride, int fractionalBits) {
    this.firsts = firsts;
    this.counts = counts;
    this.factors = factors;
    this.stride = stride;
    this.fractionalBits = fractionalBits;
  }

  /** The weights that turn an axis of {@code in} pixels into one of {@code out} pixels. */
  static ResampleWeights of(int in, int out, Filter filter, Resampler.Precision precision) {
    double scale = (double) in / out;
    // Shrinking widens the filter: that is the antialiasing.
    double support = filter.support() * Math.max(scale, 1);
    int stride = (int) Math.ceil(support) * 2 + 1;
    int[] firsts = new int[out];
    int[] counts = new int[out];
    double[] weights = new double[Math.multiplyExact(out, stride)]; // [out, stride]
    for (int i = 0; i < out; i++) {
      double center = (i + 0.5) * scale;
      firsts[i] = Math.max(0, (int) (center - support + 0.5));
      counts[i] = Math.min(in, (int) (center + support + 0.5)) - firsts[i];
      weigh(weights, i * stride, counts[i], firsts[i] - center + 0.5, Math.max(scale, 1), filter);
    }
    int bits =
        switch (precision) {
          case PILLOW -> MOST_BITS;
          case TORCHVISION -> bitsFor16(weights);
        };
    return new ResampleWeights(firsts, counts, fixed(weights, bits), stride, bits);
  }

  /** Writes the weights of one output pixel, which add up to 1. */
  private static void weigh(
      double[] weights, int at, int count, double distance, double scale, Filter filter) {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      weights[at + j] = filter.weight((j + distance) * (1 / scale));
      sum += weights[at + j];
    }
    for (int j = 0; j < count && sum != 0; j++) {
      weights[at + j] /= sum;
    }
  }

  /** As many fractional bits as let the largest weight fit into 16 bits with a sign. */
  private static int bitsFor16(double[] weights) {
    double largest = Arrays.stream(weights).max().orElse(0);
    int bits = 0;
    while (bits < MOST_BITS && (int) (0.5 + largest * (1 << (bits + 1))) < 1 << 15) {
      bits++;
    }
    return bits;
  }

  private static int[] fixed(double[] weights, int bits) {
    int[] fixed = new int[weights.length];
    for (int i = 0; i < fixed.length; i++) {
      fixed[i] = (int) (Math.copySign(0.5, weights[i]) + weights[i] * (1 << bits));
    }
    return fixed;
  }

  /** Number of output pixels. */
  int outputs() {
    return firsts.length;
  }

  /** The first source pixel of an output pixel. */
  int first(int output) {
    return firsts[output];
  }

  /** How many source pixels an output pixel has. */
  int count(int output) {
    return counts[output];
  }

  /** Fixed-point factors; those of output pixel i begin at i * {@link #stride}. */
  int[] factors() {
    return factors;
  }

  /** How many bits of a factor are behind the point. */
  int fractionalBits() {
    return fractionalBits;
  }

  /** Distance between the factors of two output pixels. */
  int stride() {
    return stride;
  }

  /** The first source pixel that is read at all. */
  int firstRead() {
    return firsts[0];
  }

  /** One past the last source pixel that is read at all. */
  int lastRead() {
    int last = firsts.length - 1;
    return firsts[last] + counts[last];
  }
}
