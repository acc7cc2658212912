package io.superneurons.model.weights;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.checkpoint.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a checkpoint's matrices of few bits are to be read ({@code quantization_config} of
 * config.json): a weight is the float32 value of its 8 bits times its block's scale, or made of
 * {@link PackedIntegers}. What is done to activations elsewhere is not done here.
 *
 * @param suffix of the scales' name behind the matrix's
 * @param block rows and columns of a block; empty for one scale per row, or one for the matrix
 * @param packing of matrices of packed integers; empty where there are none
 */
record Quantization(String suffix, int[] block, Optional<PackedIntegers> packing) {
  private static final String KEY = "quantization_config";
  private static final String READ =
      "; FP8 is: quant_method fp8 with weight_block_size, and compressed-tensors float-quantized;"
          + " and integers of compressed-tensors pack-quantized. Take a checkpoint in one of these,"
          + " or one in bfloat16 or float16";

  /**
   * Reads config.json, where {@code text_config} may have it too.
   *
   * @throws ModelException if weights are stored otherwise; the message names how, and what is read
   */
  static Quantization of(Checkpoint checkpoint) {
    Config root = checkpoint.config();
    Config config = root.has(KEY) ? root.child(KEY) : root.child("text_config").child(KEY);
    String method = config.string("quant_method", "");
    if (method.equals("fp8")) {
      return new Quantization("_scale_inv", blocks(config), Optional.empty());
    }
    if (method.equals("compressed-tensors")) {
      return new Quantization("_scale", new int[0], compressed(config));
    }
    if (!config.isEmpty()) {
      throw new ModelException(
          "config.json: quantization_config of quant_method '" + method + "' is not read" + READ);
    }
    return new Quantization("_scale_inv", new int[0], Optional.empty());
  }

  private static int[] blocks(Config config) {
    config.only("fmt", "e4m3", "float8_e4m3fn");
    int[] block = config.ints("weight_block_size");
    if (block.length != 2 || Arrays.stream(block).anyMatch(side -> side < 1)) {
      throw new ModelException(
          "config.json: quantization_config of fp8 without two numbers in weight_block_size is not"
              + " read"
              + READ);
    }
    return block;
  }

  /**
   * How compressed-tensors packs integers; empty where it keeps FP8.
   *
   * @throws ModelException if it keeps something else
   */
  private static Optional<PackedIntegers> compressed(Config config) {
    String format = config.string("format", "");
    List<Config> weights =
        config.child("config_groups").keys().stream()
            .map(group -> config.child("config_groups").child(group).child("weights"))
            .toList();
    if (format.equals("float-quantized") || format.equals("naive-quantized")) {
      if (weights.stream().allMatch(Quantization::isFloat8)) {
        return Optional.empty();
      }
    } else if (format.equals("pack-quantized")) {
      List<Optional<PackedIntegers>> packings =
          weights.stream().map(PackedIntegers::of).distinct().toList();
      if (packings.size() == 1 && packings.get(0).isPresent()) {
        return packings.get(0);
      }
    }
    throw new ModelException(
        "config.json: quantization_config of compressed-tensors in format '"
            + format
            + "' is not read, or not with these weights"
            + READ);
  }

  private static boolean isFloat8(Config weights) {
    return weights.is("num_bits", 8)
        && weights.is("type", "float")
        && List.of("tensor", "channel").contains(weights.string("strategy", ""))
        && (!weights.has("symmetric") || weights.is("symmetric", true));
  }

  /**
   * A matrix of packed integers, checked with all that belongs to it.
   *
   * @param name without the endings, such as {@code q_proj.weight}
   */
  ScaledMatrix packed(Checkpoint checkpoint, String name, long rows, long columns) {
    return packing
        .orElseThrow(
            () ->
                new ModelException(
                    "Tensor "
                        + name
                        + "_packed is not told of in config.json's quantization_config"))
        .matrix(checkpoint, name, rows, columns);
  }

  /** The scales of a matrix of 8 bits, checked. */
  TensorInfo scales(Checkpoint checkpoint, TensorInfo matrix) {
    String name = matrix.name() + suffix;
    TensorInfo found = checkpoint.tensors().get(name);
    if (found == null) {
      throw new ModelException(
          String.format(
              Locale.ROOT, "Tensor %s is of 8 bits and has no scales %s", matrix.name(), name));
    }
    return checkpoint.requireTensor(name, scalesShape(matrix, found));
  }

  /** Of a matrix [rows, columns], or of a stack of them, which has the scales of each in a row. */
  private long[] scalesShape(TensorInfo matrix, TensorInfo found) {
    long[] expected = matrix.shape();
    int rows = expected.length - 2;
    if (block.length == 2) {
      expected[rows] = blocks(expected[rows], block[0]);
      expected[rows + 1] = blocks(expected[rows + 1], block[1]);
    } else if (found.elementCount() == 1) {
      return found.shape();
    } else if (found.shape().length == 1) {
      return new long[] {expected[0]};
    } else {
      expected[rows + 1] = 1;
    }
    return expected;
  }

  private static long blocks(long size, int side) {
    return (size + side - 1) / side;
  }

  /** Rows and columns of the blocks of a matrix [2]. */
  long[] blockOf(TensorInfo matrix, TensorInfo scales) {
    if (block.length == 2) {
      return new long[] {block[0], block[1]};
    }
    long[] shape = matrix.shape();
    long rows = scales.elementCount() == 1 ? shape[shape.length - 2] : 1;
    return new long[] {rows, shape[shape.length - 1]};
  }
}
