package io.superneurons.image;

/**
 * Along one axis, which source pixels make an output pixel, and how much of each, in fixed point.
 * Pillow's {@code precompute_coeffs} and {@code normalize_coeffs_8bpc}.
 */
final class ResampleWeights {
  /** Fractional bits: 32 less 8 of the sample and 2 of headroom, since weights may exceed 1. */
  static final int PRECISION_BITS = 32 - 8 - 2;

  private final int[] firsts; // [outputs]
  private final int[] counts; // [outputs]
  private final int[] factors; // [outputs, stride]
  private final int stride;

  private ResampleWeights(int[] firsts, int[] counts, int[] factors, int stride) {
    this.firsts = firsts;
    this.counts = counts;
    this.factors = factors;
    this.stride = stride;
  }

  /** The weights that turn an axis of {@code in} pixels into one of {@code out} pixels. */
  static ResampleWeights of(int in, int out, Filter filter) {
    double scale = (double) in / out;
    // Shrinking widens the filter: that is the antialiasing.
    double filterScale = Math.max(scale, 1);
    double support = filter.support() * filterScale;
    int stride = (int) Math.ceil(support) * 2 + 1;
    int[] firsts = new int[out];
    int[] counts = new int[out];
    int[] factors = new int[Math.multiplyExact(out, stride)];
    double[] weights = new double[stride];
    for (int i = 0; i < out; i++) {
      double center = (i + 0.5) * scale;
      int first = Math.max(0, (int) (center - support + 0.5));
      int count = Math.min(in, (int) (center + support + 0.5)) - first;
      double sum = 0;
      for (int j = 0; j < count; j++) {
        weights[j] = filter.weight((j + first - center + 0.5) * (1 / filterScale));
        sum += weights[j];
      }
      for (int j = 0; j < count; j++) {
        factors[i * stride + j] = fixed(sum == 0 ? weights[j] : weights[j] / sum);
      }
      firsts[i] = first;
      counts[i] = count;
    }
    return new ResampleWeights(firsts, counts, factors, stride);
  }

  private static int fixed(double weight) {
    return (int) (Math.copySign(0.5, weight) + weight * (1 << PRECISION_BITS));
  }

  /** The same weights for a source that lacks its first {@code by} pixels. */
  ResampleWeights shifted(int by) {
    int[] shifted = new int[firsts.length];
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = firsts[i] - by;
    }
    return new ResampleWeights(shifted, counts, factors, stride);
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
