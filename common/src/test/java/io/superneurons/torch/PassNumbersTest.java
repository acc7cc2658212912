package io.superneurons.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PassNumbersTest {
  private static final long[] LONGS = {1, -1, 1L << 40, -(1L << 53)};
  private static final float[] FLOATS = {0.1f, -0f, Float.NaN, Float.MIN_VALUE, 3e38f};

  @Test
  void whatIsNeededTravelsInOneCopyWhenTheFirstOfItIsUsed() {
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(TorchType.BFLOAT16, "cpu")) {
      PassNumbers numbers = new PassNumbers(files, scope);
      Transfers needing =
          Transfers.during(
                  () -> {
                    numbers.need(LONGS, 2, 2);
                    numbers.needFloats(FLOATS, 5);
                    numbers.need(LONGS, 2, 2); // once is enough
                    return null;
                  })
              .transfers();
      assertEquals(new Transfers(0, 0, 0), needing);
      Transfers.Counted<float[]> used =
          Transfers.during(() -> MappedWeights.toFloats(numbers.floats(FLOATS, 5)));
      assertArrayEquals(FLOATS, used.value());
      assertEquals(new Transfers(1, 8 * (4 + 5), 1), used.transfers());
      Transfers.Counted<float[]> there =
          Transfers.during(() -> MappedWeights.toFloats(numbers.longs(LONGS, 2, 2)));
      assertArrayEquals(new float[] {1, -1, 1L << 40, -(1L << 53)}, there.value());
      assertEquals(new Transfers(0, 0, 1), there.transfers());
    }
  }

  @Test
  void whatWasNotSaidTravelsWhenItIsUsed() {
    try (TensorScope scope = new TensorScope();
        MappedWeights files = new MappedWeights(TorchType.BFLOAT16, "cpu")) {
      PassNumbers numbers = new PassNumbers(files, scope);
      numbers.need(LONGS, 4);
      numbers.needOthers();
      Transfers used =
          Transfers.during(
                  () -> {
                    numbers.indices(new long[] {5});
                    numbers.indices(new long[0]);
                    return MappedWeights.toFloats(numbers.typed(new float[] {257}, 1, 1));
                  })
              .transfers();
      assertEquals(new Transfers(3, 8 + 8, 1), used);
      assertArrayEquals(
          new float[] {256}, MappedWeights.toFloats(numbers.typed(new float[] {257}, 1, 1)));
      assertThrows(IllegalArgumentException.class, () -> numbers.need(LONGS, 3));
      long[] tooLarge = {(1L << 53) + 1};
      assertThrows(IllegalArgumentException.class, () -> numbers.need(tooLarge, 1));
    }
  }
}
