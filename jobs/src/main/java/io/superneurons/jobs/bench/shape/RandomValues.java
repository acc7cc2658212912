package io.superneurons.jobs.bench.shape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Random bfloat16 weights, the same for the same seed and name: uniform, of variance one over the
 * number of inputs, so that activations keep their size from layer to layer.
 */
final class RandomValues {
  private static final long STEP = 0x9E3779B97F4A7C15L;
  private static final int ONE = 0x3F80;

  private final boolean ones;
  private final float scale;
  private long state;

  private RandomValues(boolean ones, float scale, long state) {
    this.ones = ones;
    this.scale = scale;
    this.state = state;
  }

  static RandomValues of(NewTensor tensor, long seed) {
    double fanIn = tensor.shape().size() == 1 ? 10_000 : tensor.fanIn();
    float scale = (float) (Math.sqrt(3 / fanIn) / -Short.MIN_VALUE);
    long state = seed * STEP + tensor.name().hashCode();
    return new RandomValues(tensor.isNormScale(), scale, state);
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

  /** Four bfloat16 values side by side. */
  private long next4() {
    if (ones) {
      return 0x0001000100010001L * ONE;
    }
    long bits = mix();
    return bfloat16(bits)
        | bfloat16(bits >> Short.SIZE) << Short.SIZE
        | bfloat16(bits >> 2 * Short.SIZE) << 2 * Short.SIZE
        | bfloat16(bits >> 3 * Short.SIZE) << 3 * Short.SIZE;
  }

  private long bfloat16(long bits) {
    int raw = Float.floatToRawIntBits((short) bits * scale);
    return (raw + 0x8000) >>> Short.SIZE;
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
