package io.superneurons.activation;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Turns a vector of activations into the bytes of one Parquet value and back: the scalars of one
 * site of one layer in order, little-endian, with nothing before or after.
 *
 * @param dtype how a scalar is stored
 */
public record ActivationCodec(StoreDType dtype) implements Serializable {
  public ActivationCodec {
    Objects.requireNonNull(dtype, "dtype");
  }

  /**
   * The bytes of the vector.
   *
   * @param values the vector [width], of any width
   * @param counter is told of each value that float16 cannot hold, and of each NaN
   * @return {@code values.length * dtype.bytes()} bytes
   */
  public byte[] encode(float[] values, SaturationCounter counter) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      if (dtype == StoreDType.FLOAT16) {
        bytes.putShort(Float16.fromFloatSaturating(value, counter));
      } else {
        if (Float.isNaN(value)) {
          counter.addNaN();
        }
        bytes.putFloat(value);
      }
    }
    return bytes.array();
  }

  /** The whole vector of one Parquet value [width]. */
  public float[] decode(byte[] bytes) {
    float[] values = new float[width(bytes.length)];
    decode(ByteBuffer.wrap(bytes), 0, values);
    return values;
  }

  /**
   * Some scalars of one Parquet value.
   *
   * @param bytes the value, from its position to its limit; not moved
   * @param from index of the first scalar wanted
   * @param target is filled completely [scalars wanted]
   * @throws IllegalArgumentException if the value holds fewer scalars
   */
  public void decode(ByteBuffer bytes, int from, float[] target) {
    int width = width(bytes.remaining());
    if (from < 0 || from + target.length > width) {
      throw new IllegalArgumentException(
          "Cannot read " + target.length + " scalars from " + from + " on of a vector of " + width);
    }
    ByteBuffer source = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int start = bytes.position() + from * dtype.bytes();
    for (int i = 0; i < target.length; i++) {
      target[i] =
          dtype == StoreDType.FLOAT16
              ? Float16.toFloat(source.getShort(start + i * Short.BYTES))
              : source.getFloat(start + i * Float.BYTES);
    }
  }

  private int width(int bytes) {
    if (bytes % dtype.bytes() != 0) {
      throw new IllegalArgumentException(bytes + " bytes are not whole " + dtype + " scalars");
    }
    return bytes / dtype.bytes();
  }
}
