package io.superneurons.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private static final Script SCRIPT = Script.compile(ScriptTest.class, "arithmetic.py");

  @Test
  void callsAFunctionWithTensors() {
    try (TensorScope scope = new TensorScope()) {
      Tensor a = scope.floats(new float[] {1, 2, 3}, 3);
      Tensor b = scope.floats(new float[] {10, 20, 30}, 3);
      assertArrayEquals(new float[] {11, 22, 33}, SCRIPT.floats("add", a, b));
    }
  }

  @Test
  void passesWeightsListsAndNumbersAndReturnsTuples() {
    try (TensorScope scope = new TensorScope();
        Weights weights =
            Weights.builder().put("weight", scope.floats(new float[] {2}, 1)).build()) {
      Tensor a = scope.floats(new float[] {1, 2}, 2);
      Tensor b = scope.floats(new float[] {7}, 1);
      Tensor[] results = SCRIPT.tensors(scope, "scaled", weights, List.of(a, b), 0.5, 2);
      assertEquals(2, results.length);
      assertArrayEquals(new float[] {0.5f, 1}, SCRIPT.floats("back", results[0]));
      assertArrayEquals(new float[] {7}, SCRIPT.floats("back", results[1]));
    }
  }

  @Test
  void keepsBfloat16Opaque() {
    try (TensorScope scope = new TensorScope()) {
      Tensor half = SCRIPT.tensor(scope, "through_bfloat16", scope.floats(new float[] {1.01f}, 1));
      assertArrayEquals(new float[] {1.0078125f}, SCRIPT.floats("back", half));
    }
  }

  @Test
  void passesListsOfNumbers() {
    assertArrayEquals(new long[] {4, 5}, SCRIPT.longs("count", new int[] {4, 5}));
    assertArrayEquals(new long[] {1L << 40}, SCRIPT.longs("count", new long[] {1L << 40}));
  }

  @Test
  void tellsLibtorchsReasonAndKeepsTheLineAsCause() {
    try (TensorScope scope = new TensorScope()) {
      Tensor a = scope.floats(new float[] {1, 2, 3}, 3);
      Tensor b = scope.floats(new float[] {1, 2}, 2);
      TorchException e = assertThrows(TorchException.class, () -> SCRIPT.floats("add", a, b));
      assertTrue(e.getMessage().startsWith("add: The size of tensor a (3)"), e.getMessage());
      assertFalse(e.getMessage().contains("\n"), e.getMessage());
      assertTrue(e.getCause().getMessage().contains("return a + b"), e.getCause().getMessage());
    }
  }

  @Test
  void saysWhenMemoryWasTheReason() {
    long elements = 1L << 50; // float32: a pebibyte times four
    TorchException memory =
        assertThrows(TorchException.class, () -> SCRIPT.floats("zeros", elements));
    assertTrue(memory.outOfMemory(), memory.getMessage());
    TorchException other = assertThrows(TorchException.class, () -> SCRIPT.floats("zeros", -1));
    assertFalse(other.outOfMemory(), other.getMessage());
    assertTrue(
        new TorchException("layer: CUDA out of memory. Tried to allocate 2.00 GiB").outOfMemory());
  }

  @Test
  void saysWhenTheGpuFailed() {
    assertTrue(
        new TorchException("layer: CUDA error: an illegal memory access was encountered")
            .deviceFailed());
    assertFalse(new TorchException("layer: CUDA error: out of memory").deviceFailed());
    assertFalse(new TorchException("The size of tensor a (3) must match").deviceFailed());
  }

  @Test
  void refusesATensorThatWasFreed() {
    Tensor tensor;
    try (TensorScope scope = new TensorScope()) {
      tensor = scope.floats(new float[] {1}, 1);
    }
    assertThrows(IllegalStateException.class, () -> SCRIPT.floats("back", tensor));
  }

  /** DJL's tensors borrow a direct buffer, which the garbage collector frees with its last user. */
  @Test
  void tensorsOutliveTheBuffersThatTheyWereMadeThrough() {
    int count = 64;
    int size = 1 << 16;
    try (TensorScope scope = new TensorScope()) {
      List<Tensor> tensors = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long[] values = new long[size];
        Arrays.fill(values, i);
        tensors.add(scope.longs(values, size));
      }
      System.gc();
      for (int i = 0; i < count; i++) {
        scope.floats(new float[2 * size], 2L * size);
      }
      for (int i = 0; i < count; i++) {
        long[] kept = SCRIPT.longs("same", tensors.get(i));
        long expected = i;
        assertTrue(Arrays.stream(kept).allMatch(value -> value == expected), "tensor " + i);
      }
    }
  }

  @Test
  void refusesValuesThatDoNotFillTheShape() {
    try (TensorScope scope = new TensorScope()) {
      assertThrows(IllegalArgumentException.class, () -> scope.floats(new float[5], 2, 3));
    }
  }
}
