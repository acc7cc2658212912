package io.superneurons.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Owns the tensors made during one piece of work and frees them all when it ends.
 *
 * <p>Not thread-safe: one scope belongs to one thread.
 */
public final class TensorScope implements AutoCloseable {
  private static final ThreadLocal<Staging> STAGING = ThreadLocal.withInitial(Staging::new);

  private final List<Tensor> owned = new ArrayList<>();

  /**
   * Copies floats into a new float32 tensor on the CPU.
   *
   * @param values row-major, exactly as many as the shape has elements
   */
  public Tensor floats(float[] values, long... shape) {
    requireSize(values.length, shape);
    ByteBuffer room = STAGING.get().room(Math.multiplyExact(values.length, Float.BYTES));
    room.asFloatBuffer().put(values);
    return own(Torch.manager().create(room, new Shape(shape), DataType.FLOAT32));
  }

  /**
   * Copies longs into a new int64 tensor on the CPU.
   *
   * @param values row-major, exactly as many as the shape has elements
   */
  public Tensor longs(long[] values, long... shape) {
    requireSize(values.length, shape);
    ByteBuffer room = STAGING.get().room(Math.multiplyExact(values.length, Long.BYTES));
    room.asLongBuffer().put(values);
    return own(Torch.manager().create(room, new Shape(shape), DataType.INT64));
  }

  /**
   * Copies doubles into a new float64 tensor on the CPU.
   *
   * @param values row-major, exactly as many as the shape has elements
   */
  Tensor doubles(double[] values, long... shape) {
    requireSize(values.length, shape);
    ByteBuffer room = STAGING.get().room(Math.multiplyExact(values.length, Double.BYTES));
    room.asDoubleBuffer().put(values);
    return own(Torch.manager().create(room, new Shape(shape), DataType.FLOAT64));
  }

  /**
   * Lends some floats to one piece of work as a float32 tensor on the CPU, which is gone after it.
   *
   * @param values of which {@code count} from {@code from} on are lent
   * @param work must keep nothing of the tensor's memory
   */
  static void lend(float[] values, int from, int count, Consumer<Tensor> work) {
    ByteBuffer room = STAGING.get().room(Math.multiplyExact(count, Float.BYTES));
    room.asFloatBuffer().put(values, from, count);
    try (PtNDArray borrowed = Torch.manager().create(room, new Shape(count), DataType.FLOAT32);
        Tensor tensor = new Tensor(IValue.from(borrowed))) {
      work.accept(tensor);
    }
  }

  /**
   * Lends some bytes to one piece of work as a uint8 tensor on the CPU, which is gone after it.
   *
   * @param values of which {@code count} from {@code from} on are lent
   * @param work must keep nothing of the tensor's memory
   */
  static void lend(byte[] values, int from, int count, Consumer<Tensor> work) {
    ByteBuffer room = STAGING.get().room(count).put(values, from, count).flip();
    try (PtNDArray borrowed = Torch.manager().create(room, new Shape(count), DataType.UINT8);
        Tensor tensor = new Tensor(IValue.from(borrowed))) {
      work.accept(tensor);
    }
  }

  /**
   * Lends bytes to one piece of work as a uint8 tensor on the CPU, which is gone after it.
   *
   * @param values row-major, exactly as many as the shape has elements
   * @param work must keep nothing of the tensor's memory, nor make another tensor of Java's values
   */
  public static <T> T lend(byte[] values, long[] shape, Function<Tensor, T> work) {
    requireSize(values.length, shape);
    ByteBuffer room = STAGING.get().room(values.length).put(values).flip();
    try (PtNDArray borrowed = Torch.manager().create(room, new Shape(shape), DataType.UINT8);
        Tensor tensor = new Tensor(IValue.from(borrowed))) {
      return work.apply(tensor);
    }
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

  /** Copies once more: what DJL makes of a buffer borrows the buffer's memory. */
  private Tensor own(NDArray borrowed) {
    try (borrowed;
        PtNDArray array = (PtNDArray) borrowed.duplicate()) {
      return own(IValue.from(array));
    }
  }

  static void requireSize(long length, long[] shape) {
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

  /**
   * Memory outside the heap that values travel through, of one thread. Used again and again: new
   * memory would be zeroed first, and stay until the garbage collector comes by.
   */
  private static final class Staging {
    private static final int MOST_KEPT = 16 << 20; // a piece of an upload is 8 MB

    private ByteBuffer kept = ByteBuffer.allocateDirect(0);

    private ByteBuffer room(int bytes) {
      ByteBuffer room = kept;
      if (room.capacity() < bytes) {
        room = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        if (bytes <= MOST_KEPT) {
          kept = room;
        }
      }
      return room.clear().limit(bytes);
    }
  }
}
