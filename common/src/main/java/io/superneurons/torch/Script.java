package io.superneurons.torch;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * TorchScript functions compiled from source text, kept as resources beside the code that calls
 * them. Weights are arguments, so there is one copy of them however many scripts there are.
 *
 * <p>Thread-safe: the module has no state.
 */
public final class Script implements AutoCloseable {
  private final Model model;
  private final PtSymbolBlock block;

  private Script(Model model) {
    this.model = model;
    this.block = (PtSymbolBlock) model.getBlock();
  }

  /**
   * Compiles the functions of one or more source files together, so that they can call each other
   * through {@code self}.
   *
   * @param owner the class beside which the resources are
   * @param resources file names of sources; each holds functions whose first parameter is {@code
   *     self}
   * @throws TorchException if libtorch does not accept the source; its message has the line
   */
  public static Script compile(Class<?> owner, String... resources) {
    Torch.load();
    StringBuilder source = new StringBuilder();
    for (String resource : resources) {
      source.append(read(owner, resource)).append('\n');
    }
    Model model = Model.newInstance("script", "PyTorch");
    try {
      model.load(new ByteArrayInputStream(ScriptArchive.of(source.toString())));
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      throw new TorchException(Arrays.toString(resources) + ": " + e.getMessage(), e);
    }
    return new Script(model);
  }

  /**
   * Calls a function that returns one tensor.
   *
   * @param arguments see {@link Arguments}: tensors, weights, numbers, flags, lists of them
   */
  public Tensor tensor(TensorScope scope, String function, Object... arguments) {
    return scope.own(call(function, arguments));
  }

  /** Calls a function that returns a tuple of tensors. */
  public Tensor[] tensors(TensorScope scope, String function, Object... arguments) {
    try (IValue tuple = call(function, arguments)) {
      return own(scope, tuple.toIValueTuple());
    }
  }

  /** Calls a function that returns a float32 tensor on the CPU, and copies it out, row-major. */
  public float[] floats(String function, Object... arguments) {
    try (IValue value = call(function, arguments);
        var array = value.toTensor(Torch.manager())) {
      return array.toFloatArray();
    }
  }

  /** Calls a function that returns an int64 tensor on the CPU, and copies it out, row-major. */
  public long[] longs(String function, Object... arguments) {
    try (IValue value = call(function, arguments);
        var array = value.toTensor(Torch.manager())) {
      return array.toLongArray();
    }
  }

  /** Calls a function that returns a uint8 tensor on the CPU, and copies it out, row-major. */
  public byte[] bytes(String function, Object... arguments) {
    try (IValue value = call(function, arguments);
        var array = value.toTensor(Torch.manager())) {
      ByteBuffer values = array.toByteBuffer(true);
      byte[] copy = new byte[values.remaining()];
      values.get(copy);
      return copy;
    }
  }

  private static Tensor[] own(TensorScope scope, IValue[] values) {
    Tensor[] tensors = new Tensor[values.length];
    for (int i = 0; i < values.length; i++) {
      tensors[i] = scope.own(values[i]);
    }
    return tensors;
  }

  private IValue call(String function, Object[] arguments) {
    Torch.requireNotEnded();
    // libtorch keeps this per thread, and Spark's task threads come and go.
    JniUtils.setGraphExecutorOptimize(false);
    List<IValue> temporary = new ArrayList<>();
    try {
      IValue[] values = new IValue[arguments.length];
      for (int i = 0; i < arguments.length; i++) {
        values[i] = Arguments.toValue(arguments[i], temporary);
      }
      return IValueUtils.runMethod(block, function, values);
    } catch (EngineException e) {
      throw TorchException.of(function, e);
    } finally {
      temporary.forEach(IValue::close);
    }
  }

  private static String read(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("No resource " + resource + " beside " + owner);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Frees what was compiled; needed only for scripts that do not serve as long as the process. */
  @Override
  public void close() {
    model.close();
  }

  @Override
  public String toString() {
    return model.getName();
  }
}
