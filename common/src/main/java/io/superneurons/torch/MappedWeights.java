package io.superneurons.torch;

import io.superneurons.checkpoint.DType;
import io.superneurons.checkpoint.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the tensors of safetensors files in place: a file is mapped as one flat tensor, and a
 * weight is a view of it. So a weight that is never used is never read, and executors on one host
 * share the page cache.
 *
 * <p>A weight is copied only where the type or device differs from the file's, or where it does not
 * start at a multiple of its element size; a {@linkplain #openMatrix matrix} of 16 bits is not,
 * where the model computes in float32 on a CPU.
 *
 * <p>{@link io.superneurons.checkpoint.Checkpoint} has checked every offset against the length of
 * the file before: a map past the end is a crash, not an exception. Thread-safe.
 */
public final class MappedWeights implements AutoCloseable {
  private static final Script SCRIPT =
      Script.compile(MappedWeights.class, "weights.py", "packed.py");

  /** Bytes that are taken over from Java at a time. */
  private static final int PIECE = 1 << 23;

  private final TorchType type;
  private final String device;
  private final TensorScope scope = new TensorScope();
  private final Map<Mapping, Tensor> flat = new HashMap<>();
  private final List<Weights> owned = new ArrayList<>();

  /**
   * Maps nothing yet.
   *
   * @param type the element type that every weight is given in
   * @param device libtorch's name of a device, such as {@code cpu} or {@code cuda:0}
   */
  public MappedWeights(TorchType type, String device) {
    this.type = type;
    this.device = device;
  }

  /** The element type that weights are given in. */
  public TorchType type() {
    return type;
  }

  /** libtorch's name of the device that weights are on. */
  public String device() {
    return device;
  }

  /** Gives a weight in its shape and in the weights' type, owned by the scope. */
  public Tensor open(TensorScope owner, TensorInfo info) {
    return open(owner, info, type);
  }

  /**
   * Gives a matrix whose users take it in either type: the weights' or, on a CPU, the file's. A
   * copy would take up to four times the memory of the file, for each process; a matrix is
   * converted part by part where it is used instead, see docs/benchmarks.md for what that costs.
   * Only one of float32 is copied, where the model computes in 16 bits; a stack of matrices, of
   * which a pass needs some, is not.
   */
  public Tensor openMatrix(TensorScope owner, TensorInfo info) {
    boolean copied = type != TorchType.FLOAT32 && info.dtype() == DType.FLOAT32;
    boolean stays = device.equals("cpu") && (!copied || info.shape().length > 2);
    return open(owner, info, stays ? typeOf(info.dtype()) : type);
  }

  /**
   * Gives a matrix of 8 bits or of packed integers with its scales, [rows / block rows, columns /
   * block columns] rounded up: as the file has it on a CPU, and multiplied out in the weights' type
   * elsewhere.
   *
   * @param scales in float32 on the device
   * @param zeros of the same shape, or none
   * @param block rows and columns of a block, and the bits of a packed integer
   */
  public Tensor openScaled(
      TensorScope owner, TensorInfo info, Tensor scales, List<Tensor> zeros, long[] block) {
    TorchType stored = typeOf(info.dtype());
    if (device.equals("cpu")) {
      return open(owner, info, stored);
    }
    try (TensorScope work = new TensorScope()) {
      Tensor numbers = open(work, info, stored);
      return SCRIPT.tensor(owner, "multiplied_out", numbers, scales, zeros, block, type.code());
    }
  }

  /** Gives scales, in float32 whatever the weights' type is. */
  public Tensor openScales(TensorScope owner, TensorInfo info) {
    return open(owner, info, TorchType.FLOAT32);
  }

  /**
   * Gives the zeros of a matrix's blocks [rows, groups] in float32, which are packed along the
   * rows.
   *
   * @param rows of the matrix
   * @param bits of an integer
   */
  public Tensor openZeros(TensorScope owner, TensorInfo info, long rows, long bits) {
    try (TensorScope work = new TensorScope()) {
      return SCRIPT.tensor(owner, "zeros", open(work, info, TorchType.INT32), rows, bits);
    }
  }

  /** Whether {@link #openScaled} gives matrices as they are, which need their scales later. */
  public boolean keepsScaled() {
    return device.equals("cpu");
  }

  private Tensor open(TensorScope owner, TensorInfo info, TorchType wanted) {
    int size = info.dtype().bytes();
    if (info.offset() % size != 0) {
      return copied(owner, info, wanted);
    }
    return SCRIPT.tensor(
        owner,
        "view",
        map(info),
        info.offset() / size,
        info.elementCount(),
        info.shape(),
        wanted.code(),
        device);
  }

  private Tensor copied(TensorScope owner, TensorInfo info, TorchType wanted) {
    Tensor whole = SCRIPT.tensor(owner, "room", info.shape(), wanted.code(), device);
    UnalignedTensor.read(
        info,
        (start, values) ->
            TensorScope.lend(values, 0, values.length, some -> put(whole, start, some)));
    return whole;
  }

  /** Takes weights over: they are freed with what they were opened from. */
  public synchronized Weights own(Weights weights) {
    owned.add(weights);
    return weights;
  }

  /** Copies values that Java has to the device, in the weights' type. */
  public Tensor upload(TensorScope owner, float[] values, long... shape) {
    try (TensorScope work = new TensorScope()) {
      return typed(owner, floats(work, values, shape));
    }
  }

  /** A weight in float32. */
  public Tensor wide(TensorScope owner, Tensor weight) {
    return SCRIPT.tensor(owner, "typed", weight, TorchType.FLOAT32.code());
  }

  /** A tensor in the weights' type. */
  Tensor typed(TensorScope owner, Tensor values) {
    return SCRIPT.tensor(owner, "typed", values, type.code());
  }

  /** Copies values that Java has to the device, in float32. */
  public Tensor floats(TensorScope owner, float[] values, long... shape) {
    try (TensorScope work = new TensorScope()) {
      return copiedOver(owner, work.floats(values, shape), (long) Float.BYTES * values.length);
    }
  }

  /** Copies values that Java has to the device, in float64. */
  Tensor doubles(TensorScope owner, double[] values, long... shape) {
    try (TensorScope work = new TensorScope()) {
      return copiedOver(owner, work.doubles(values, shape), (long) Double.BYTES * values.length);
    }
  }

  /** Copies whole numbers that Java has to the device. */
  public Tensor longs(TensorScope owner, long[] values, long... shape) {
    try (TensorScope work = new TensorScope()) {
      return copiedOver(owner, work.longs(values, shape), (long) Long.BYTES * values.length);
    }
  }

  /**
   * Copies bytes that Java has to the device, as uint8, all at once. They are put together beside
   * it through a few MB of memory; for a GPU where it can fetch them from while others compute.
   *
   * @param parts row-major, one after another exactly as many as the shape has elements
   */
  public Tensor uploadBytes(TensorScope owner, List<byte[]> parts, long... shape) {
    long bytes = parts.stream().mapToLong(part -> part.length).sum();
    TensorScope.requireSize(bytes, shape);
    try (TensorScope work = new TensorScope()) {
      Tensor whole = SCRIPT.tensor(work, "room_beside", shape, TorchType.UINT8.code(), device);
      long start = 0;
      for (byte[] part : parts) {
        for (int from = 0; from < part.length; from += PIECE) {
          long at = start + from;
          TensorScope.lend(
              part, from, Math.min(PIECE, part.length - from), some -> put(whole, at, some));
        }
        start += part.length;
      }
      return copiedOver(owner, whole, bytes);
    }
  }

  private Tensor copiedOver(TensorScope owner, Tensor whole, long bytes) {
    Transfers.uploaded(bytes);
    return SCRIPT.tensor(owner, "copied_over", whole, device);
  }

  /** Values on the device, in the weights' type, that are freed with the weights [n]. */
  public synchronized Tensor numbers(float... values) {
    return upload(scope, values, values.length);
  }

  private static void put(Tensor whole, long at, Tensor some) {
    try (TensorScope temporary = new TensorScope()) {
      SCRIPT.tensor(temporary, "put", whole, at, some);
    }
  }

  /** Indices on the device that are freed with the weights [n]. */
  public synchronized Tensor indices(long... values) {
    return longs(scope, values, values.length);
  }

  /** Copies a tensor of any type and device out, row-major. */
  public static float[] toFloats(Tensor tensor) {
    Transfers.downloaded();
    return SCRIPT.floats("host", tensor);
  }

  /** Copies tensors out one after another, each row-major. */
  public static float[] toFloats(List<Tensor> tensors) {
    Transfers.downloaded();
    return SCRIPT.floats("host_cat", tensors);
  }

  private synchronized Tensor map(TensorInfo info) {
    Mapping mapping = new Mapping(info.file(), info.dtype());
    return flat.computeIfAbsent(mapping, this::map);
  }

  private Tensor map(Mapping mapping) {
    try {
      long elements = Files.size(mapping.file()) / mapping.dtype().bytes();
      String path = mapping.file().toAbsolutePath().toString();
      return SCRIPT.tensor(scope, "map_file", path, elements, typeOf(mapping.dtype()).code());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot map " + mapping.file(), e);
    }
  }

  private static TorchType typeOf(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> TorchType.FLOAT32;
      case FLOAT16 -> TorchType.FLOAT16;
      case BFLOAT16 -> TorchType.BFLOAT16;
      case FLOAT8_E4M3 -> TorchType.FLOAT8_E4M3;
      case INT8 -> TorchType.INT8;
      case INT32 -> TorchType.INT32;
      default ->
          throw new IllegalArgumentException(
              "Weights of type " + dtype + " are not supported; convert them to bfloat16");
    };
  }

  @Override
  public synchronized void close() {
    owned.forEach(Weights::close);
    owned.clear();
    scope.close();
  }

  private record Mapping(Path file, DType dtype) {}
}
