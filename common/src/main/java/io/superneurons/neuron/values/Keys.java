package io.superneurons.neuron.values;

import io.superneurons.activation.Float16;

/**
 * Integers in the same order as the values that they stand for, so that sorting and cutting need no
 * floating point: the sign and magnitude of the stored bits, turned into two's complement. -0 and 0
 * share one key.
 */
public enum Keys {
  /** Keys of float16 values; they fit a {@code short}. */
  FLOAT16(0x7c00, 0x7bff) {
    @Override
    public double value(int key) {
      return HALVES[key - Short.MIN_VALUE];
    }
  },

  /** Keys of float32 values. */
  FLOAT32(0x7f800000, 0x7f7fffff) {
    @Override
    public double value(int key) {
      return Float.intBitsToFloat(bits(key, Integer.MIN_VALUE));
    }
  };

  /**
   * The value of every float16 key, at the key less {@code Short.MIN_VALUE} [65,536]: reading a
   * table is faster than converting.
   */
  private static final float[] HALVES = halves();

  private final int infinity;
  private final int greatest;

  Keys(int infinity, int greatest) {
    this.infinity = infinity;
    this.greatest = greatest;
  }

  /** The key of a float16, from its bits. */
  public static short ofHalf(short bits) {
    int sign = bits >> 15;
    return (short) ((bits & 0x7fff ^ sign) - sign);
  }

  /** The key of a float32. */
  public static int ofFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >> 31;
    return (bits & Integer.MAX_VALUE ^ sign) - sign;
  }

  /** The value that the key stands for; exact. */
  public abstract double value(int key);

  /** Whether the value is neither infinite nor NaN. */
  public boolean isFinite(int key) {
    return Math.abs(key) < infinity;
  }

  /** Whether the value is NaN. */
  public boolean isNaN(int key) {
    return Math.abs(key) > infinity;
  }

  /**
   * Whether the value is the largest or the smallest finite one, at which values beyond the range
   * are stored.
   */
  public boolean isSaturated(int key) {
    return Math.abs(key) == greatest;
  }

  /** The greatest key whose value is at most that; values above it have greater keys. */
  public int floor(double value) {
    long low = -(long) infinity;
    long high = infinity;
    while (low < high) {
      long middle = low + high + 1 >> 1;
      if (value((int) middle) <= value) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return (int) low;
  }

  private static int bits(int key, int sign) {
    return key < 0 ? -key | sign : key;
  }

  private static float[] halves() {
    float[] values = new float[1 << Short.SIZE];
    for (int key = -Short.MAX_VALUE; key <= Short.MAX_VALUE; key++) {
      values[key - Short.MIN_VALUE] = Float16.toFloat((short) bits(key, Short.MIN_VALUE));
    }
    return values;
  }
}
