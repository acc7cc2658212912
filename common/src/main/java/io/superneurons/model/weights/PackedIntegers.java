package io.superneurons.model.weights;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.checkpoint.TensorInfo;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Matrices of integers of 4 or 8 bits, packed into those of 32 ({@code pack-quantized} of
 * compressed-tensors): {@code X.weight_packed} [rows, columns * bits / 32], {@code X.weight_scale}
 * [rows, groups] and, where zero is no integer's middle, {@code X.weight_zero_point} [rows * bits /
 * 32, groups].
 *
 * @param bits of an integer
 */
record PackedIntegers(int bits) {
  private static final int WORD = Integer.SIZE;

  /**
   * Reads a group of the configuration.
   *
   * @param weights of the group
   * @return empty if its weights are stored otherwise
   */
  static Optional<PackedIntegers> of(Config weights) {
    int bits = weights.intValue("num_bits", 0);
    boolean known =
        (bits == 4 || bits == 8)
            && weights.is("type", "int")
            && List.of("group", "channel").contains(weights.string("strategy", ""))
            && !weights.is("actorder", "group")
            && !weights.is("actorder", true);
    return known ? Optional.of(new PackedIntegers(bits)) : Optional.empty();
  }

  /** Whether a matrix is packed. */
  static boolean has(Checkpoint checkpoint, String name) {
    return checkpoint.tensors().containsKey(packed(name))
        && !checkpoint.tensors().containsKey(name);
  }

  private static String packed(String name) {
    return name + "_packed";
  }

  /**
   * Finds a matrix and checks all that belongs to it.
   *
   * @param name without the endings, such as {@code q_proj.weight}
   */
  ScaledMatrix matrix(Checkpoint checkpoint, String name, long rows, long columns) {
    int each = WORD / bits;
    TensorInfo scales = checkpoint.requireTensorNamed(name + "_scale");
    long groups = scales.elementCount() / rows;
    if (columns % each != 0 || groups < 1 || columns % groups != 0) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "Tensor %s: its %d columns are not whole words of %d bits or not %d whole groups",
              packed(name),
              columns,
              WORD,
              groups));
    }
    refuseOrdered(checkpoint, name);
    String zeros = name + "_zero_point";
    return new ScaledMatrix(
        checkpoint.requirePacked(packed(name), rows, columns / each),
        checkpoint.requireTensor(scales.name(), rows, groups),
        checkpoint.tensors().containsKey(zeros)
            ? Optional.of(checkpoint.requirePacked(zeros, (rows + each - 1) / each, groups))
            : Optional.empty(),
        new long[] {1, columns / groups, bits});
  }

  private static void refuseOrdered(Checkpoint checkpoint, String name) {
    String order = name + "_g_idx";
    if (checkpoint.tensors().containsKey(order)) {
      throw new ModelException(
          "Tensor "
              + order
              + " puts columns into groups by an order of their own (actorder group), which is not"
              + " read; quantise without it, or take the checkpoint in FP8, bfloat16 or float16");
    }
  }
}
