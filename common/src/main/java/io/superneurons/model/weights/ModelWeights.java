package io.superneurons.model.weights;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.TensorInfo;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchType;
import io.superneurons.torch.Weights;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A checkpoint's weights below one prefix of their names. Published checkpoints and those that
 * transformers 5 writes name the same modules differently, so a prefix is chosen among
 * alternatives.
 *
 * @param checkpoint where the tensors are
 * @param files gives them to libtorch
 * @param prefix of the names, empty or ending in a dot
 */
public record ModelWeights(Checkpoint checkpoint, MappedWeights files, String prefix) {

  public static ModelWeights of(Checkpoint checkpoint, MappedWeights files) {
    return new ModelWeights(checkpoint, files, "");
  }

  /**
   * Refuses a checkpoint whose weights are stored in a way that is not read.
   *
   * @throws ModelException that names the way, and those that are read
   */
  public static void requireReadable(Checkpoint checkpoint) {
    Quantization.of(checkpoint);
  }

  /**
   * The weights of a module.
   *
   * @param alternatives names of the module, of which the first one with any tensor is taken
   */
  public ModelWeights module(String... alternatives) {
    for (String name : alternatives) {
      String candidate = prefix + name + ".";
      if (checkpoint.tensors().keySet().stream().anyMatch(key -> key.startsWith(candidate))) {
        return new ModelWeights(checkpoint, files, candidate);
      }
    }
    throw new ModelException(
        String.format(
            Locale.ROOT,
            "%s has no tensor whose name starts with %s%s.; is it a whole checkpoint?",
            checkpoint.folder(),
            prefix,
            String.join(". or " + prefix, alternatives)));
  }

  /** Whether the checkpoint has a tensor of that name. */
  public boolean has(String name) {
    return checkpoint.tensors().containsKey(prefix + name);
  }

  /**
   * The shape of a tensor that the checkpoint has.
   *
   * @throws io.superneurons.checkpoint.CheckpointException if it has none of that name
   */
  public long[] shape(String name) {
    return checkpoint.requireTensorNamed(prefix + name).shape();
  }

  /** Names what a module needs, then opens it. */
  public Request request() {
    return new Request(this);
  }

  /**
   * What one module needs. Shapes are checked when they are named; nothing is opened before {@link
   * #open}, so a checkpoint that cannot work is refused whole.
   */
  public static final class Request {
    private final ModelWeights weights;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final Set<String> matrices = new HashSet<>();
    private final Map<String, ScaledMatrix> scaled = new HashMap<>();
    private final Map<String, Double> numbers = new HashMap<>();

    private Request(ModelWeights weights) {
      this.weights = weights;
    }

    /** A tensor that must be there, of that shape. */
    public Request need(String name, long... shape) {
      return needAs(name, name, shape);
    }

    /** A tensor that must be there, known to the script by another name. */
    public Request needAs(String shortName, String name, long... shape) {
      tensors.put(shortName, weights.checkpoint.requireTensor(weights.prefix + name, shape));
      return this;
    }

    /** A tensor that some checkpoints have; of that shape where it is there. */
    public Request use(String name, long... shape) {
      return weights.has(name) ? need(name, shape) : this;
    }

    /**
     * A matrix that must be there, known to the script by another name, which reads it through
     * {@code linear} or {@code embedding} only: it may be of the type that the file has.
     */
    public Request matrixAs(String shortName, String name, long rows, long columns) {
      String full = weights.prefix + name;
      if (!PackedIntegers.has(weights.checkpoint, full)) {
        return inPlace(shortName, name, rows, columns);
      }
      ScaledMatrix matrix =
          Quantization.of(weights.checkpoint).packed(weights.checkpoint, full, rows, columns);
      tensors.put(shortName, matrix.stored());
      scaled.put(shortName, matrix);
      return this;
    }

    /**
     * Matrices of one shape in one tensor [matrices, ...], of which the script reads some at a
     * time: it is of the type that the file has, as {@link #matrixAs} says.
     */
    public Request stack(String name, long... shape) {
      return inPlace(name, name, shape);
    }

    private Request inPlace(String shortName, String name, long... shape) {
      matrices.add(shortName);
      TensorInfo matrix = weights.checkpoint.requireMatrix(weights.prefix + name, shape);
      tensors.put(shortName, matrix);
      if (Checkpoint.isScaled(matrix)) {
        Quantization quantization = Quantization.of(weights.checkpoint);
        TensorInfo scales = quantization.scales(weights.checkpoint, matrix);
        scaled.put(
            shortName, ScaledMatrix.of(matrix, scales, quantization.blockOf(matrix, scales)));
      }
      return this;
    }

    /** A linear layer: {@code name.weight} [out, in], and {@code name.bias} where there is one. */
    public Request linear(String name, long in, long out) {
      return matrixAs(name + ".weight", name + ".weight", out, in).use(name + ".bias", out);
    }

    /** A linear layer with a bias, known to the script by another name. */
    public Request linearAs(String shortName, String name, long in, long out) {
      return matrixAs(shortName + ".weight", name + ".weight", out, in)
          .needAs(shortName + ".bias", name + ".bias", out);
    }

    /** A layer norm: {@code name.weight} and {@code name.bias}. */
    public Request norm(String name, long width) {
      return need(name + ".weight", width).need(name + ".bias", width);
    }

    /** Tells the script, by a name among the weights, of what kind they are. */
    public Request mark(String name) {
      return number(name, 1);
    }

    /** A number that the script finds among the weights. */
    public Request number(String name, double value) {
      numbers.put(name, value);
      return this;
    }

    /** Another request's tensors, under their short names. */
    public Request with(Request other) {
      tensors.putAll(other.tensors);
      matrices.addAll(other.matrices);
      scaled.putAll(other.scaled);
      numbers.putAll(other.numbers);
      return this;
    }

    /** The files that the tensors are in. */
    public MappedWeights files() {
      return weights.files;
    }

    /** Opens the tensors, in place where that is possible; they are freed with the files. */
    public Weights open() {
      return open(TowerType.AUTO);
    }

    /**
     * Opens those of a layer of the tower: in another type than the rest, matrices are read now and
     * copied.
     */
    public Weights open(TowerType type) {
      Weights.Builder builder = Weights.builder();
      try (TensorScope scope = new TensorScope()) {
        tensors.forEach(
            (name, info) -> {
              if (type == TowerType.INT8 && isMatrix(name)) {
                putInt8(builder, scope, name, info);
              } else {
                putAs(name, builder, scope, name, info);
              }
            });
        numbers.forEach(
            (name, value) -> builder.put(name, scope.floats(new float[] {value.floatValue()}, 1)));
        return weights.files.own(builder.build());
      }
    }

    private boolean isMatrix(String name) {
      return matrices.contains(name) || scaled.containsKey(name);
    }

    private void putInt8(Weights.Builder builder, TensorScope scope, String name, TensorInfo info) {
      Weights.Builder stored = Weights.builder();
      putAs(Int8.MATRIX + ".weight", stored, scope, name, info);
      try (Weights matrix = stored.build()) {
        Tensor[] packed = Int8.pack(scope, matrix);
        builder
            .put(name, packed[0])
            .put(name + ".scales", packed[1])
            .put(name + ".zeros", packed[2]);
      }
    }

    /** By the names that scripts know vectors by. */
    private static boolean isOfNorm(String name, TensorInfo info) {
      return info.shape().length == 1 && name.contains("norm");
    }

    /** Those of norms are there in float32 too, in which a residual stream is normed. */
    private void putAs(
        String as, Weights.Builder builder, TensorScope scope, String name, TensorInfo info) {
      if (scaled.containsKey(name)) {
        putScaled(builder, scope, as, scaled.get(name));
      } else {
        Tensor opened = opened(scope, name, info);
        if (isOfNorm(name, info) && weights.files.type() != TorchType.FLOAT32) {
          builder.put(as + ".wide", weights.files.wide(scope, opened));
        }
        builder.put(as, opened);
      }
    }

    /** On a CPU the script gets scales and zeros [rows, columns of blocks] and the block too. */
    private void putScaled(
        Weights.Builder builder, TensorScope scope, String name, ScaledMatrix matrix) {
      MappedWeights files = weights.files;
      long[] block = matrix.block();
      Tensor scales = files.openScales(scope, matrix.scales());
      List<Tensor> zeros =
          matrix.zeros().stream()
              .map(info -> files.openZeros(scope, info, matrix.stored().shape()[0], block[2]))
              .toList();
      builder.put(name, files.openScaled(scope, matrix.stored(), scales, zeros, block));
      if (files.keepsScaled()) {
        builder
            .put(name + ".scales", scales)
            .put(name + ".block", scope.longs(block, block.length));
        zeros.forEach(zero -> builder.put(name + ".zeros", zero));
      }
    }

    private Tensor opened(TensorScope scope, String name, TensorInfo info) {
      return matrices.contains(name)
          ? weights.files.openMatrix(scope, info)
          : weights.files.open(scope, info);
    }
  }
}
