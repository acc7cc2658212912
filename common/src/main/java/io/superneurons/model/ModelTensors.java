package io.superneurons.model;

import io.superneurons.activation.PassCost;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.TensorInfo;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.weights.Depth;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tensors of a checkpoint. Their names tell which part of the model each belongs to, and so how
 * much memory a model takes, whole or cut off after a layer, and what a pass multiplies by.
 *
 * @param all in any order
 */
public record ModelTensors(List<TensorInfo> all) {
  /** Text of a prompt, in tokens. */
  static final int TEXT = 64;

  /** Parts of a model, as far as they are counted differently. */
  private enum Part {
    /** What no image and no question needs: sound, and the prediction of tokens after the next. */
    PASSED_OVER("^mtp\\.|(?:^|\\.)(?:audio_tower|embed_audio)\\."),

    /** Layers of the decoder and the norm after them. */
    DECODER(
        "^(?:language_model\\.)?(?:model\\.)?(?:text_model\\.|language_model\\.)?"
            + "(?:layers\\.(?<layer>\\d+)|norm)\\."),

    /** What makes logits. */
    HEAD("(?:^|\\.)lm_head(?:\\.|$)"),

    /** What is looked up or put between features, or counted with the decoder's layers. */
    LOOKED_UP(
        "(?:^|\\.)(?:embed_tokens|embed_tokens_per_layer|per_layer_model_projection|image_newline)"
            + "(?:\\.|$)"),

    /** What is added to the tower's patches, and not multiplied by. */
    POSITIONS("(?:^|\\.)(?:position_embeddings?|position_embedding_table|pos_embed)(?:\\.|$)"),

    /** Layers of the vision tower. */
    TOWER_LAYER("\\.(?:layers?|blocks)\\.(?<layer>\\d+)\\."),

    /** What makes an image's patches the tower's tokens. */
    TOWER_START(
        "(?:^|\\.)(?:embeddings|patch_embed|patch_embedder|patch_conv|ln_pre|pre_layrnorm)\\."),

    /** All else, which stands between tower and decoder: norms and projector. */
    CONNECTOR("");

    private final Pattern names;

    Part(String names) {
      this.names = Pattern.compile(names);
    }

    /** The first part whose names match the tensor's. */
    static Part of(TensorInfo tensor) {
      for (Part part : values()) {
        if (part.names.matcher(tensor.name()).find()) {
          return part;
        }
      }
      throw new AssertionError(tensor.name());
    }
  }

  /** What an image is multiplied by before the decoder. */
  private static final Set<Part> VISION =
      EnumSet.of(Part.TOWER_START, Part.TOWER_LAYER, Part.CONNECTOR);

  /**
   * How much room weights take.
   *
   * @param elements how many weights; whatever their type
   * @param bytes as they are stored
   */
  public record Size(long elements, long bytes) {
    /**
     * Bytes when the model computes in another type.
     *
     * @param element bytes of a number
     */
    public long in(int element) {
      return elements * element;
    }
  }

  public ModelTensors {
    all = List.copyOf(all);
  }

  /** All tensors of a checkpoint. */
  public static ModelTensors of(Checkpoint checkpoint) {
    return new ModelTensors(List.copyOf(checkpoint.tensors().values()));
  }

  /** How many tensors there are of each type, by its name in a safetensors header. */
  public SortedMap<String, Integer> types() {
    SortedMap<String, Integer> types = new TreeMap<>();
    all.forEach(tensor -> types.merge(tensor.dtype().label(), 1, Integer::sum));
    return types;
  }

  /**
   * What a model of that depth opens: everything that an image and a question need, or that without
   * deeper layers and the head.
   */
  public Size held(Depth depth) {
    return sizeOf(
        tensor ->
            Part.of(tensor) != Part.PASSED_OVER && (depth.answers() || within(depth, tensor)));
  }

  private static boolean within(Depth depth, TensorInfo tensor) {
    Part part = Part.of(tensor);
    return switch (part) {
      case DECODER -> !depth.inTower() && within(depth, layer(part, tensor));
      case TOWER_LAYER -> !depth.inTower() || within(depth, layer(part, tensor));
      case HEAD, PASSED_OVER -> false;
      case LOOKED_UP, CONNECTOR -> !depth.inTower();
      case POSITIONS, TOWER_START -> true;
    };
  }

  private static boolean within(Depth depth, int layer) {
    return layer <= depth.exitLayer().orElseThrow().number();
  }

  /** The layer of a tensor of the part; -1 for the norm after all layers. */
  private static int layer(Part part, TensorInfo tensor) {
    Matcher name = part.names.matcher(tensor.name());
    return name.find() && name.group("layer") != null ? Integer.parseInt(name.group("layer")) : -1;
  }

  private Size sizeOf(Predicate<TensorInfo> wanted) {
    long elements = 0;
    long bytes = 0;
    for (TensorInfo tensor : all) {
      if (wanted.test(tensor)) {
        elements += tensor.elementCount();
        bytes += tensor.bytes();
      }
    }
    return new Size(elements, bytes);
  }

  /**
   * The cost of a pass: the weights that it multiplies by, and how often.
   *
   * @param towerTokens of the image within the tower
   * @param features tokens of the image within the decoder
   */
  PassCost passCost(DecoderShape shape, long towerTokens, int features) {
    return meanCost(shape, towerTokens, features + TEXT);
  }

  /**
   * The cost of the mean of some passes.
   *
   * @param towerTokens of an image within the tower
   * @param tokens of a prompt within the decoder, those of its image included
   */
  PassCost meanCost(DecoderShape shape, double towerTokens, double tokens) {
    long tower =
        sizeOf(tensor -> tensor.shape().length > 1 && VISION.contains(Part.of(tensor))).elements();
    long hidden = shape.hidden();
    long everywhere = 0;
    long atLast = 0;
    for (int layer = 0; layer < shape.layers(); layer++) {
      everywhere += shape.weightsForEveryToken(layer);
      atLast += shape.weightsForLastToken(layer);
    }
    return new PassCost(
        (long) (towerTokens * tower),
        (long) (towerTokens * multiplied(Part.TOWER_START)),
        (long) (towerTokens * multiplied(Part.TOWER_LAYER) / Math.max(1, towerLayers())),
        (long) (tokens * (everywhere + atLast) / shape.layers()),
        (long) ((tokens * everywhere + atLast) / shape.layers()),
        hidden * shape.vocabulary());
  }

  private long multiplied(Part part) {
    return sizeOf(tensor -> tensor.shape().length > 1 && Part.of(tensor) == part).elements();
  }

  /** Layers of the vision tower that the checkpoint has; all are alike. */
  private long towerLayers() {
    return all.stream()
        .filter(tensor -> Part.of(tensor) == Part.TOWER_LAYER)
        .mapToInt(tensor -> layer(Part.TOWER_LAYER, tensor))
        .distinct()
        .count();
  }
}
