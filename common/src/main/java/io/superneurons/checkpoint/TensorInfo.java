package io.superneurons.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * Where a tensor lies: checked against its file's header and length, never read.
 *
 * @param name the name in the file, such as {@code model.layers.0.mlp.down_proj.weight}
 * @param dtype type of its elements
 * @param shape sizes, outermost first; empty for a scalar
 * @param file the safetensors file
 * @param offset of its first byte in the file, counted from the file's start
 * @param bytes its length in bytes; elements lie in row-major order, little-endian
 */
public record TensorInfo(
    String name, DType dtype, long[] shape, Path file, long offset, long bytes) {

  public TensorInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dtype, "dtype");
    Objects.requireNonNull(file, "file");
    shape = shape.clone();
    if (offset < 0 || bytes < 0) {
      throw new IllegalArgumentException("offset and bytes must not be negative: " + name);
    }
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** The product of the shape's sizes; 1 for a scalar. */
  public long elementCount() {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorInfo that
        && name.equals(that.name)
        && dtype == that.dtype
        && Arrays.equals(shape, that.shape)
        && file.equals(that.file)
        && offset == that.offset
        && bytes == that.bytes;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, dtype, Arrays.hashCode(shape), file, offset, bytes);
  }

  @Override
  public String toString() {
    return name + " " + dtype.label() + Arrays.toString(shape) + " at " + offset + " of " + file;
  }
}
