package io.superneurons.activation;

/**
 * IEEE 754 half precision (binary16) in plain Java; Java 17 has no conversion of its own.
 *
 * <p>Bits travel as {@code short}. All conversions agree with NumPy's {@code float16}, NaN payloads
 * included.
 */
public final class Float16 {
  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7c00;
  private static final int MAX_FINITE = 0x7bff;
  private static final int FLOAT_INFINITY = 0x7f800000;

  /** Bits of 65536f, the first float32 whose half exponent would not fit. */
  private static final int FLOAT_OVERFLOW = 0x47800000;

  /** Bits of 2^-14, the smallest normal half. */
  private static final int FLOAT_MIN_NORMAL = 0x38800000;

  /** Bits of 2^-25: at or below it everything rounds to zero (the tie goes to the even zero). */
  private static final int FLOAT_UNDERFLOW = 0x33000000;

  private Float16() {}

  /** The float32 that the half stands for; exact. */
  public static float toFloat(short half) {
    int sign = (half & SIGN) << 16;
    int exponent = (half >>> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0x1f) {
      return Float.intBitsToFloat(sign | FLOAT_INFINITY | fraction << 13);
    }
    if (exponent != 0) {
      return Float.intBitsToFloat(sign | (exponent + 112) << 23 | fraction << 13);
    }
    float magnitude = fraction * 0x1p-24f;
    return sign == 0 ? magnitude : -magnitude;
  }

  /** The nearest half, ties to even; beyond the range it is an infinity, and NaN stays NaN. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & SIGN;
    int magnitude = bits & 0x7fffffff;
    return (short) (sign | halfOfMagnitude(magnitude));
  }

  /**
   * The nearest half, with what lies beyond the range, infinities included, held at the largest
   * finite value of its sign.
   *
   * @param counter is told of each such value, and of each NaN
   */
  static short fromFloatSaturating(float value, SaturationCounter counter) {
    short half = fromFloat(value);
    int magnitude = half & 0x7fff;
    if (magnitude < INFINITY) {
      return half;
    }
    if (magnitude > INFINITY) {
      counter.addNaN();
      return half;
    }
    counter.addSaturated();
    return (short) (half & SIGN | MAX_FINITE);
  }

  private static int halfOfMagnitude(int magnitude) {
    if (magnitude >= FLOAT_OVERFLOW) {
      return magnitude > FLOAT_INFINITY ? nan(magnitude) : INFINITY;
    }
    if (magnitude >= FLOAT_MIN_NORMAL) {
      return roundToEven(magnitude - (112 << 23), 13);
    }
    if (magnitude <= FLOAT_UNDERFLOW) {
      return 0;
    }
    int fraction = magnitude & 0x7fffff | 0x800000;
    return roundToEven(fraction, 126 - (magnitude >>> 23));
  }

  private static int nan(int magnitude) {
    int fraction = (magnitude & 0x7fffff) >>> 13;
    return INFINITY | Math.max(fraction, 1);
  }

  /** A carry out of the fraction rightly raises the exponent, up to infinity. */
  private static int roundToEven(int bits, int shift) {
    int kept = bits >>> shift;
    int half = 1 << shift - 1;
    int lost = bits & (1 << shift) - 1;
    return lost > half || lost == half && (kept & 1) == 1 ? kept + 1 : kept;
  }
}
