package io.superneurons.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MappedWeightsTest {
  private static final int MORE_THAN_A_PIECE = (1 << 23) + 257;

  @Test
  void bytesAreUploadedOneAfterAnotherInOneCopy() {
    byte[] large = new byte[MORE_THAN_A_PIECE];
    IntStream.range(0, large.length).forEach(i -> large[i] = (byte) (i * 7));
    byte[] small = {-1, 0, 127};
    float[] expected = new float[large.length + small.length]; // unsigned
    IntStream.range(0, large.length).forEach(i -> expected[i] = large[i] & 0xff);
    IntStream.range(0, small.length).forEach(i -> expected[large.length + i] = small[i] & 0xff);
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(TorchType.BFLOAT16, "cpu")) {
      Transfers.Counted<float[]> counted =
          Transfers.during(
              () -> {
                List<byte[]> parts = List.of(large, small);
                return MappedWeights.toFloats(files.uploadBytes(scope, parts, expected.length));
              });
      assertArrayEquals(expected, counted.value());
      assertEquals(new Transfers(1, expected.length, 1), counted.transfers());
    }
  }

  @Test
  void numbersAreUploadedInTheTypeThatTheyAreFor() {
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(TorchType.BFLOAT16, "cpu")) {
      float[] values = {1.01f, 257};
      assertArrayEquals(
          new float[] {1.0078125f, 256}, MappedWeights.toFloats(files.upload(scope, values, 2)));
      assertArrayEquals(values, MappedWeights.toFloats(files.floats(scope, values, 2)));
      assertArrayEquals(
          new float[] {-5, 1 << 20},
          MappedWeights.toFloats(files.longs(scope, new long[] {-5, 1 << 20}, 1, 2)));
    }
  }

  @Test
  void refusesMoreOrFewerValuesThanTheShapeHas() {
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(TorchType.FLOAT32, "cpu")) {
      List<byte[]> parts = List.of(new byte[4], new byte[3]);
      assertThrows(IllegalArgumentException.class, () -> files.uploadBytes(scope, parts, 2, 3));
      assertThrows(IllegalArgumentException.class, () -> files.uploadBytes(scope, parts, 2, 4));
      assertThrows(IllegalArgumentException.class, () -> files.upload(scope, new float[7], 2, 4));
      assertEquals(0, scope.size());
    }
  }
}
