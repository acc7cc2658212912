package io.superneurons.jobs.bench.shape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Random weights, the same for the same seed and name: uniform, of variance one over the number of
 * inputs, so that activations keep their size from layer to layer.
 */
final class RandomValues {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private final StoredType type;
  private final boolean ones;
  private final float scale;
  private long state;

  private RandomValues(StoredType type, boolean ones, float scale, long state) {
    this.type = type;
    this.ones = ones;
    this.scale = scale;
    this.state = state;
  }

  static RandomValues of(NewTensor tensor, StoredType type, long seed) {
    double fanIn = tensor.shape().size() == 1 ? 10_000 : tensor.fanIn();
    float scale = (float) (Math.sqrt(3 / fanIn) / -Short.MIN_VALUE);
    long state = seed * STEP + tensor.name().hashCode();
    return new RandomValues(type, tensor.isNormScale(), scale, state);
  }

  /** Fills the buffer from its position to its limit, little-endian. */
  void fill(ByteBuffer buffer) {
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.remaining() >= Long.BYTES) {
      buffer.putLong(next4());
    }
    long rest = next4();
    while (buffer.hasRemaining()) {
      buffer.putShort((short) rest);
      rest >>>= Short.SIZE;
    }
  }

  /** Four values side by side. */
  private long next4() {
    if (ones) {
      return 0x0001000100010001L * type.bits(1);
    }
    long bits = mix();
    return value(bits)
        | value(bits >> Short.SIZE) << Short.SIZE
        | value(bits >> 2 * Short.SIZE) << 2 * Short.SIZE
        | value(bits >> 3 * Short.SIZE) << 3 * Short.SIZE;
  }

  private long value(long bits) {
    return type.bits((short) bits * scale);
  }

  /** SplitMix64. */
  private long mix() {
    state += STEP;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
