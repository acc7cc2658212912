package io.superneurons.model.weights;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.checkpoint.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a checkpoint's matrices of 8 bits are to be read ({@code quantization_config} of
 * config.json): a weight is the float32 value of its 8 bits times its block's scale. What is done
 * to activations elsewhere is not done here.
 *
 * @param suffix of the scales' name behind the matrix's
 * @param block rows and columns of a block; empty for one scale per row, or one for the matrix
 */
record Quantization(String suffix, int[] block) {
  private static final String KEY = "quantization_config";
  private static final String READ =
      "; FP8 is: quant_method fp8 with weight_block_size, and compressed-tensors float-quantized."
          + " Take a checkpoint in one of these, or one in bfloat16 or float16";

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
      return new Quantization("_scale_inv", blocks(config));
    }
    if (method.equals("compressed-tensors")) {
      requireFloat8(config);
      return new Quantization("_scale", new int[0]);
    }
    if (!config.isEmpty()) {
      throw new ModelException(
          "config.json: quantization_config of quant_method '" + method + "' is not read" + READ);
    }
    return new Quantization("_scale_inv", new int[0]);
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

  private static void requireFloat8(Config config) {
    String format = config.string("format", "");
    boolean known = format.equals("float-quantized") || format.equals("naive-quantized");
    for (String group : config.child("config_groups").keys()) {
      Config weights = config.child("config_groups").child(group).child("weights");
      known &= weights.is("num_bits", 8) && weights.is("type", "float");
      known &= List.of("tensor", "channel").contains(weights.string("strategy", ""));
      known &= !weights.has("symmetric") || weights.is("symmetric", true);
    }
    if (!known) {
      throw new ModelException(
          "config.json: quantization_config of compressed-tensors in format '"
              + format
              + "' is not read, or not with these weights"
              + READ);
    }
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
    long[] rows = found.shape();
    long[] expected = new long[] {matrix.shape()[0], 1};
    if (block.length == 2) {
      expected = new long[] {blocks(matrix, 0), blocks(matrix, 1)};
    } else if (found.elementCount() == 1) {
      expected = rows;
    } else if (rows.length == 1) {
      expected = new long[] {matrix.shape()[0]};
    }
    return checkpoint.requireTensor(name, expected);
  }

  private long blocks(TensorInfo matrix, int axis) {
    return (matrix.shape()[axis] + block[axis] - 1) / block[axis];
  }

  /** Rows and columns of the blocks of a matrix [2]. */
  long[] blockOf(TensorInfo matrix, TensorInfo scales) {
    if (block.length == 2) {
      return new long[] {block[0], block[1]};
    }
    long rows = scales.elementCount() == 1 ? matrix.shape()[0] : 1;
    return new long[] {rows, matrix.shape()[1]};
  }
}
