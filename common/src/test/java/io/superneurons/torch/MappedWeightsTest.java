package io.superneurons.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MappedWeightsTest {
  private static final int MORE_THAN_A_PIECE = 5_000_001;

  @Test
  void uploadsPartsOneAfterAnotherPieceByPiece() {
    float[] large = counting(MORE_THAN_A_PIECE);
    float[] small = {-1, -2, -3};
    float[] expected = new float[MORE_THAN_A_PIECE + 3];
    System.arraycopy(large, 0, expected, 0, large.length);
    System.arraycopy(small, 0, expected, large.length, small.length);
    assertArrayEquals(expected, uploaded(TorchType.FLOAT32, List.of(large, small)));
  }

  @Test
  void uploadsInTheWeightsType() {
    float[] uploaded = uploaded(TorchType.BFLOAT16, List.of(new float[] {1.01f, 257}));
    assertArrayEquals(new float[] {1.0078125f, 256}, uploaded);
  }

  @Test
  void refusesMoreOrFewerValuesThanTheShapeHas() {
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(TorchType.FLOAT32, "cpu")) {
      List<float[]> parts = List.of(new float[4], new float[3]);
      assertThrows(IllegalArgumentException.class, () -> files.upload(scope, parts, 2, 3));
      assertThrows(IllegalArgumentException.class, () -> files.upload(scope, parts, 2, 4));
      assertEquals(0, scope.size());
    }
  }

  private static float[] uploaded(TorchType type, List<float[]> parts) {
    long count = parts.stream().mapToLong(part -> part.length).sum();
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(type, "cpu")) {
      return MappedWeights.toFloats(files.upload(scope, parts, count));
    }
  }

  private static float[] counting(int count) {
    float[] values = new float[count];
    IntStream.range(0, count).forEach(i -> values[i] = i);
    return values;
  }
}
