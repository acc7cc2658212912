package io.superneurons.model.weights;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.Config;
import io.superneurons.checkpoint.DType;
import io.superneurons.checkpoint.TensorInfo;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a checkpoint's matrices of few bits are to be read ({@code quantization_config} of
 * config.json): a weight is the float32 value of its 8 bits times its block's scale, or made of
 * {@link PackedIntegers}. What is done to activations elsewhere is not done here.
 *
 * @param type of the matrices of 8 bits
 * @param suffix of the scales' name behind the matrix's
 * @param block that has one scale; empty for one scale per row, or one for the matrix
 * @param packing of matrices of packed integers; empty where there are none
 */
record Quantization(
    DType type, String suffix, Optional<Block> block, Optional<PackedIntegers> packing) {
  private static final String KEY = "quantization_config";
  private static final String BLOCK_SIZE = "weight_block_size";
  private static final String SCALE_INV = "_scale_inv";
  private static final List<String> OF_8_BITS =
      List.of("float-quantized", "int-quantized", "naive-quantized");
  private static final String READ =
      "; FP8 is: quant_method fp8, and compressed-tensors float-quantized; and integers of"
          + " compressed-tensors int-quantized and pack-quantized. Take a checkpoint in one of"
          + " these, or one in bfloat16 or float16";

  /** Rows and columns that have one scale. */
  record Block(int rows, int columns) {
    Block {
      if (rows < 1 || columns < 1) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "config.json: quantization_config has blocks of %d by %d weights",
                rows,
                columns));
      }
    }

    /** Of an array of two numbers. */
    static Block of(Config config, String key) {
      int[] sides = config.ints(key);
      if (sides.length != 2) {
        throw new ModelException(
            "config.json: quantization_config without two numbers in "
                + key
                + " is not read"
                + READ);
      }
      return new Block(sides[0], sides[1]);
    }
  }

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
      config.only("fmt", "e4m3", "float8_e4m3fn");
      return float8(SCALE_INV, blocks(config));
    }
    if (method.equals("compressed-tensors")) {
      return compressed(config);
    }
    if (!config.isEmpty()) {
      throw new ModelException(
          "config.json: quantization_config of quant_method '" + method + "' is not read" + READ);
    }
    return float8(SCALE_INV, Optional.empty());
  }

  private static Quantization float8(String suffix, Optional<Block> block) {
    return new Quantization(DType.FLOAT8_E4M3, suffix, block, Optional.empty());
  }

  /** Where the key is absent those of transformers' class; null is one scale for a matrix. */
  private static Optional<Block> blocks(Config config) {
    if (config.isNull(BLOCK_SIZE)) {
      return Optional.empty();
    }
    return Optional.of(config.has(BLOCK_SIZE) ? Block.of(config, BLOCK_SIZE) : new Block(128, 128));
  }

  /**
   * How compressed-tensors keeps matrices; all of its groups must keep them in one way.
   *
   * @throws ModelException if it keeps something that is not read
   */
  private static Quantization compressed(Config config) {
    String format = config.string("format", "");
    Config groups = config.child("config_groups");
    List<Optional<Quantization>> kinds =
        groups.keys().stream()
            .map(group -> compressed(format, groups.child(group).child("weights")))
            .distinct()
            .toList();
    if (kinds.size() == 1 && kinds.get(0).isPresent()) {
      return kinds.get(0).get();
    }
    throw new ModelException(
        "config.json: quantization_config of compressed-tensors in format '"
            + format
            + "' is not read, or not with these weights"
            + READ);
  }

  private static Optional<Quantization> compressed(String format, Config weights) {
    if (format.equals("pack-quantized")) {
      return PackedIntegers.of(weights)
          .map(
              packing ->
                  new Quantization(
                      DType.FLOAT8_E4M3, "_scale", Optional.empty(), Optional.of(packing)));
    }
    boolean known = weights.is("num_bits", 8) && !weights.is("symmetric", false);
    if (!OF_8_BITS.contains(format) || !known) {
      return Optional.empty();
    }
    String strategy = weights.string("strategy", "");
    Optional<Block> block =
        strategy.equals("block")
            ? Optional.of(Block.of(weights, "block_structure"))
            : Optional.empty();
    if (block.isEmpty() && !List.of("tensor", "channel").contains(strategy)) {
      return Optional.empty();
    }
    return switch (weights.string("type", "")) {
      case "float" -> Optional.of(float8("_scale", block));
      case "int" -> Optional.of(new Quantization(DType.INT8, "_scale", block, Optional.empty()));
      default -> Optional.empty();
    };
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
    if (found == null || matrix.dtype() != type) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "Tensor %s is of type %s; config.json's quantization_config tells of %s with scales"
                  + " %s, which %s there",
              matrix.name(),
              matrix.dtype().label(),
              type.label(),
              name,
              found == null ? "are not" : "are"));
    }
    return checkpoint.requireTensor(name, scalesShape(matrix, found));
  }

  /** Of a matrix [rows, columns], or of a stack of them, which has the scales of each in a row. */
  private long[] scalesShape(TensorInfo matrix, TensorInfo found) {
    long[] expected = matrix.shape();
    int rows = expected.length - 2;
    if (block.isPresent()) {
      expected[rows] = blocks(expected[rows], block.get().rows());
      expected[rows + 1] = blocks(expected[rows + 1], block.get().columns());
    } else if (rows == 0 && found.elementCount() == 1) {
      return found.shape();
    } else if (rows == 0 && found.shape().length == 1) {
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
    if (block.isPresent()) {
      return new long[] {block.get().rows(), block.get().columns()};
    }
    long[] shape = matrix.shape();
    long rows = scales.elementCount() == 1 ? shape[shape.length - 2] : 1;
    return new long[] {rows, shape[shape.length - 1]};
  }
}
