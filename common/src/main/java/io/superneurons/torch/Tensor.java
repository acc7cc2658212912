package io.superneurons.torch;

import ai.djl.pytorch.jni.IValue;

/**
 * A tensor that lives in libtorch, opaque to Java: scripts make it, take it and return it. Java
 * never asks for its type or shape, since DJL aborts the JVM at a bfloat16 tensor.
 *
 * <p>Owned by the {@link TensorScope} it was made in, and freed with it or by {@link #close}.
 */
public final class Tensor implements AutoCloseable {
  private final IValue value;
  private boolean closed;

  Tensor(IValue value) {
    this.value = value;
  }

  IValue value() {
    if (closed) {
      throw new IllegalStateException("This tensor was freed already");
    }
    return value;
  }

  /** Frees the tensor now; safe to call again. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      value.close();
    }
  }
}
