package io.superneurons.model.weights;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.DType;
import io.superneurons.torch.TorchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The element type that the model computes in. */
public enum ComputeType {
  /**
   * float32 for a float32 checkpoint. For a 16-bit one: its own type on a GPU, bfloat16 on a CPU
   * that multiplies it faster than float32, and float32 elsewhere.
   */
  AUTO,
  FLOAT32,
  BFLOAT16,
  FLOAT16;

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** The name in options and files, such as {@code bfloat16}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The type to compute in; never {@link #AUTO}.
   *
   * @param device libtorch's name of a device
   */
  public ComputeType resolve(Checkpoint checkpoint, String device) {
    if (this != AUTO) {
      return this;
    }
    DType stored = storedType(checkpoint);
    if (stored == DType.FLOAT32) {
      return FLOAT32;
    }
    if (device.startsWith("cuda")) {
      return stored == DType.FLOAT16 ? FLOAT16 : BFLOAT16;
    }
    return isFasterInBfloat16() ? BFLOAT16 : FLOAT32;
  }

  /** The type that a checkpoint's weights have: opened in it, they are used where they lie. */
  public static ComputeType stored(Checkpoint checkpoint) {
    return switch (storedType(checkpoint)) {
      case BFLOAT16 -> BFLOAT16;
      case FLOAT16 -> FLOAT16;
      default -> FLOAT32;
    };
  }

  /**
   * Whether a CPU that computes in this type uses a checkpoint's weights where they lie: those of
   * the same type, and 16-bit ones in float32, for which they are widened part by part.
   */
  public boolean usesWeightsInPlace(Checkpoint checkpoint) {
    return this == FLOAT32 || this == stored(checkpoint);
  }

  /** Bytes of a number. */
  public int bytes() {
    return switch (this) {
      case FLOAT32 -> Float.BYTES;
      case BFLOAT16, FLOAT16 -> Short.BYTES;
      case AUTO -> throw new IllegalStateException("AUTO was not resolved");
    };
  }

  public TorchType torchType() {
    return switch (this) {
      case FLOAT32 -> TorchType.FLOAT32;
      case BFLOAT16 -> TorchType.BFLOAT16;
      case FLOAT16 -> TorchType.FLOAT16;
      case AUTO -> throw new IllegalStateException("AUTO was not resolved");
    };
  }

  /** The type of the largest weight: norms are float32 in some 16-bit checkpoints. */
  private static DType storedType(Checkpoint checkpoint) {
    return checkpoint.tensors().values().stream()
        .max((a, b) -> Long.compare(a.elementCount(), b.elementCount()))
        .orElseThrow()
        .dtype();
  }

  private static boolean isFasterInBfloat16() {
    try {
      return isFasterInBfloat16(Files.readString(CPU_INFO));
    } catch (IOException e) {
      return false; // not Linux: float32 is right everywhere
    }
  }

  /**
   * Whether a processor multiplies bfloat16 faster than float32: with AMX, and with AVX512-BF16
   * unless it is Intel's, where a tower took 1.5 times as long as in float32 (docs/benchmarks.md).
   *
   * @param cpuInfo what Linux says of it
   */
  static boolean isFasterInBfloat16(String cpuInfo) {
    return cpuInfo.contains("amx_bf16")
        || cpuInfo.contains("avx512_bf16") && !cpuInfo.contains("GenuineIntel");
  }
}
