package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Layers that use the keys and values of an earlier one.
 *
 * @param sources of each layer, the layer whose keys and values it uses; itself where it has its
 *     own
 */
public record SharedKeys(List<Integer> sources) {
  static final String COUNT = "num_kv_shared_layers";

  public SharedKeys {
    sources = List.copyOf(sources);
  }

  /** Every layer has its own. */
  static SharedKeys none(int layers) {
    return new SharedKeys(IntStream.range(0, layers).boxed().toList());
  }

  /**
   * The last {@code num_kv_shared_layers} use those of the last layer before them that sees as many
   * tokens.
   *
   * @throws ModelException if there is no such layer
   */
  static SharedKeys of(Config text, SlidingWindow window, int layers) {
    int first = layers - text.intValue(COUNT, 0);
    List<Integer> sources = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      sources.add(layer < first ? layer : source(window, layer, first));
    }
    return new SharedKeys(sources);
  }

  private static int source(SlidingWindow window, int layer, int first) {
    return IntStream.range(0, first)
        .filter(own -> window.in(own) == window.in(layer))
        .max()
        .orElseThrow(
            () ->
                new ModelException(
                    String.format(
                        Locale.ROOT,
                        "text_config: with %s %d no layer is left whose keys and values layer %d"
                            + " can use",
                        COUNT,
                        window.layers().size() - first,
                        layer)));
  }

  /** The layer whose keys and values a layer uses. */
  public int source(int layer) {
    return sources.get(layer);
  }

  /** Whether a layer uses another one's. */
  public boolean uses(int layer) {
    return source(layer) != layer;
  }

  /** Whether another layer uses a layer's. */
  public boolean feeds(int layer) {
    return sources.lastIndexOf(layer) > layer;
  }
}
