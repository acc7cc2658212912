package io.superneurons.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Owns the tensors made during one piece of work and frees them all when it ends.
 *
 * <p>Not thread-safe: one scope belongs to one thread.
 */
public final class TensorScope implements AutoCloseable {
  private final List<Tensor> owned = new ArrayList<>();

  /**
   * Copies floats into a new float32 tensor on the CPU.
   *
   * @param values row-major, exactly as many as the shape has elements
   */
  public Tensor floats(float[] values, long... shape) {
    requireSize(values.length, shape);
    return own(Torch.manager().create(FloatBuffer.wrap(values), new Shape(shape)));
  }

  /**
   * Copies longs into a new int64 tensor on the CPU.
   *
   * @param values row-major, exactly as many as the shape has elements
   */
  public Tensor longs(long[] values, long... shape) {
    requireSize(values.length, shape);
    return own(Torch.manager().create(LongBuffer.wrap(values), new Shape(shape)));
  }

  /** Tensors owned now; for tests that nothing is left behind. */
  public int size() {
    return owned.size();
  }

  Tensor own(IValue value) {
    Tensor tensor = new Tensor(value);
    owned.add(tensor);
    return tensor;
  }

  /**
   * Copies once more: what DJL makes of a buffer borrows the buffer's memory, and the garbage
   * collector frees it as soon as the NDArray is gone.
   */
  private Tensor own(NDArray borrowed) {
    try (borrowed;
        PtNDArray array = (PtNDArray) borrowed.duplicate()) {
      return own(IValue.from(array));
    }
  }

  private static void requireSize(int length, long[] shape) {
    long size = 1;
    for (long dimension : shape) {
      size = Math.multiplyExact(size, dimension);
    }
    if (size != length) {
      throw new IllegalArgumentException(length + " values do not fill shape " + new Shape(shape));
    }
  }

  @Override
  public void close() {
    for (int i = owned.size() - 1; i >= 0; i--) {
      owned.get(i).close();
    }
    owned.clear();
  }
}
