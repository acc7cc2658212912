package io.superneurons.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ActivationCodecTest {
  private static final float[] VALUES = {0f, 1.5f, -2f, 0.333f};

  @Test
  void float32IsExactAndLittleEndian() {
    ActivationCodec codec = new ActivationCodec(StoreDType.FLOAT32);
    byte[] bytes = codec.encode(VALUES, new SaturationCounter());
    assertEquals(16, bytes.length);
    assertArrayEquals(new byte[] {0, 0, (byte) 0xc0, 0x3f}, copy(bytes, 4, 4));
    assertArrayEquals(VALUES, codec.decode(bytes));
  }

  @Test
  void float16TakesTwoBytesAndRounds() {
    ActivationCodec codec = new ActivationCodec(StoreDType.FLOAT16);
    byte[] bytes = codec.encode(VALUES, new SaturationCounter());
    assertEquals(8, bytes.length);
    assertArrayEquals(new byte[] {0, 0x3e}, copy(bytes, 2, 2));
    assertArrayEquals(new float[] {0f, 1.5f, -2f, 0.33300781f}, codec.decode(bytes));
  }

  @Test
  void aRangeIsDecodedFromTheBuffersPosition() {
    ActivationCodec codec = new ActivationCodec(StoreDType.FLOAT16);
    byte[] bytes = codec.encode(VALUES, new SaturationCounter());
    ByteBuffer buffer = ByteBuffer.allocate(10).position(2).put(bytes).position(2);
    float[] range = new float[2];
    codec.decode(buffer, 1, range);
    assertArrayEquals(new float[] {1.5f, -2f}, range);
    assertThrows(IllegalArgumentException.class, () -> codec.decode(buffer, 3, range));
  }

  @Test
  void aBrokenValueIsRefused() {
    ActivationCodec codec = new ActivationCodec(StoreDType.FLOAT32);
    assertThrows(IllegalArgumentException.class, () -> codec.decode(new byte[6]));
  }

  private static byte[] copy(byte[] bytes, int from, int count) {
    return java.util.Arrays.copyOfRange(bytes, from, from + count);
  }
}
