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

/** Reads a tensor that cannot be mapped, since it does not start at a multiple of its element. */
final class UnalignedTensor {
  private UnalignedTensor() {}

  /** The tensor's values as float32, row-major. */
  static float[] read(TensorInfo info) {
    ByteBuffer bytes = bytes(info);
    float[] values = new float[Math.toIntExact(info.elementCount())];
    for (int i = 0; i < values.length; i++) {
      values[i] = next(bytes, info.dtype());
    }
    return values;
  }

  private static float next(ByteBuffer bytes, DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> bytes.getFloat();
      case FLOAT16 -> Float16.toFloat(bytes.getShort());
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort() << 16);
      default -> throw new IllegalArgumentException("Weights of type " + dtype);
    };
  }

  private static ByteBuffer bytes(TensorInfo info) {
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(info.bytes()));
    try (FileChannel channel = FileChannel.open(info.file(), StandardOpenOption.READ)) {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, info.offset() + buffer.position()) < 0) {
          throw new EOFException("Tensor " + info.name() + " of " + info.file() + " is cut short");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
  }
}
