package io.superneurons.torch;

import io.superneurons.activation.Float16;
import io.superneurons.checkpoint.DType;
import io.superneurons.checkpoint.TensorInfo;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads a tensor that cannot be mapped, since it does not start at a multiple of its element: piece
 * by piece, so that it may be of any size.
 */
final class UnalignedTensor {
  /** Elements of a piece. */
  private static final int PIECE = 1 << 20;

  private UnalignedTensor() {}

  /** Takes some of the tensor's values. */
  interface Sink {
    /**
     * @param start of the values among the tensor's elements, row-major
     * @param values float32; the caller's again afterwards
     */
    void take(long start, float[] values);
  }

  /** Gives the tensor's values one piece after another. */
  static void read(TensorInfo info, Sink sink) {
    try (FileChannel channel = FileChannel.open(info.file(), StandardOpenOption.READ)) {
      read(channel, info, sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(FileChannel channel, TensorInfo info, Sink sink) throws IOException {
    int size = info.dtype().bytes();
    ByteBuffer bytes = ByteBuffer.allocate(PIECE * size).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[PIECE];
    for (long start = 0; start < info.elementCount(); start += PIECE) {
      int count = (int) Math.min(PIECE, info.elementCount() - start);
      fill(channel, info, info.offset() + start * size, bytes.clear().limit(count * size));
      for (int i = 0; i < count; i++) {
        values[i] = next(bytes, info.dtype());
      }
      sink.take(start, count == PIECE ? values : Arrays.copyOf(values, count));
    }
  }

  private static void fill(FileChannel channel, TensorInfo info, long from, ByteBuffer bytes)
      throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("Tensor " + info.name() + " of " + info.file() + " is cut short");
      }
    }
    bytes.flip();
  }

  private static float next(ByteBuffer bytes, DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> bytes.getFloat();
      case FLOAT16 -> Float16.toFloat(bytes.getShort());
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort() << 16);
      default -> throw new IllegalArgumentException("Weights of type " + dtype);
    };
  }
}
