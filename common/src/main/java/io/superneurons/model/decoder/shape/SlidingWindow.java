package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.List;
import java.util.Set;

/**
 * Layers of a decoder whose queries see the last tokens only.
 *
 * @param tokens that a query sees at most, itself included
 * @param layers that do so; the others see all tokens
 */
public record SlidingWindow(int tokens, Set<Integer> layers) {
  private static final String LENGTH = "sliding_window";
  private static final String SLIDING = "sliding_attention";

  /** What a configuration that leaves out {@code sliding_window} has in transformers. */
  private static final int DEFAULT = 4096;

  public SlidingWindow {
    layers = Set.copyOf(layers);
    if (tokens < 1 && !layers.isEmpty()) {
      throw new ModelException("text_config: sliding_window must be positive: " + tokens);
    }
  }

  /** By which keys a kind of decoder says where its windows are. */
  enum Rule {
    /** No layer has one. */
    NONE,
    /** All layers have one unless {@code sliding_window} is null. */
    ALL_LAYERS,
    /** All layers have one where {@code sliding_window} is given. */
    ALL_LAYERS_IF_GIVEN,
    /**
     * Where {@code use_sliding_window}: {@code layer_types}, or layers from {@code
     * max_window_layers} on.
     */
    DEEPER_LAYERS,
    /** {@code layer_types}, or all but every {@code sliding_window_pattern}th layer. */
    ALL_BUT_SOME,
    /** {@code layer_types}, or all but every sixth layer; and never the last one. */
    ALL_BUT_SOME_AND_THE_LAST
  }

  static SlidingWindow none() {
    return new SlidingWindow(0, Set.of());
  }

  /**
   * Reads a {@code text_config}.
   *
   * @param layers of the decoder
   * @param fullLayers what {@code max_window_layers} is where it is left out
   */
  static SlidingWindow of(Config text, Rule rule, int layers, int fullLayers) {
    boolean off = text.isNull(LENGTH);
    return switch (rule) {
      case NONE -> none();
      case ALL_BUT_SOME -> {
        List<String> types = types(text, layers);
        yield types.isEmpty()
            ? of(text, LayerTypes.allButEvery(text, "sliding_window_pattern", 6, layers))
            : of(text, true, types);
      }
      case ALL_BUT_SOME_AND_THE_LAST -> {
        List<String> types = types(text, layers);
        yield new SlidingWindow(
            text.intValue(LENGTH, 512),
            LayerTypes.where(
                layers - 1,
                layer ->
                    types.isEmpty() ? (layer + 1) % 6 != 0 : types.get(layer).equals(SLIDING)));
      }
      case ALL_LAYERS_IF_GIVEN ->
          text.has(LENGTH) ? of(text, LayerTypes.where(layers, layer -> true)) : none();
      case ALL_LAYERS -> off ? none() : of(text, LayerTypes.where(layers, layer -> true));
      case DEEPER_LAYERS -> {
        boolean used = !off && text.booleanValue("use_sliding_window", false);
        List<String> types = types(text, layers);
        if (!types.isEmpty()) {
          yield of(text, used, types);
        }
        int first = text.intValue("max_window_layers", fullLayers);
        yield used ? of(text, LayerTypes.where(layers, layer -> layer >= first)) : none();
      }
    };
  }

  private static SlidingWindow of(Config text, Set<Integer> sliding) {
    return new SlidingWindow(text.intValue(LENGTH, DEFAULT), sliding);
  }

  private static SlidingWindow of(Config text, boolean used, List<String> types) {
    if (!used && types.contains(SLIDING)) {
      throw new ModelException(
          "text_config: layer_types has sliding_attention, but use_sliding_window is not true");
    }
    return used
        ? of(text, LayerTypes.where(types.size(), layer -> types.get(layer).equals(SLIDING)))
        : none();
  }

  /** {@code layer_types}, checked; empty if it is left out. */
  private static List<String> types(Config text, int layers) {
    List<String> types = LayerTypes.of(text, SLIDING);
    if (!types.isEmpty() && types.size() < layers) {
      throw LayerTypes.wrongLength(types, layers);
    }
    return types.isEmpty() ? types : types.subList(0, layers);
  }

  /** Tokens that a query of that layer sees at most; 0 for all of them. */
  public int in(int layer) {
    return layers.contains(layer) ? tokens : 0;
  }
}
