package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How wide the attention and the MLP of each layer are, which in some decoders is not the same in
 * all.
 *
 * @param layers one after another
 */
public record LayerSizes(List<Layer> layers) {
  private static final String HEAD_DIM = "head_dim";
  private static final String KV_HEADS = "num_key_value_heads";
  private static final String BY_LAYER = "per_layer_config";

  public LayerSizes {
    layers = List.copyOf(layers);
  }

  /**
   * Of one layer.
   *
   * @param kvHeads key and value heads
   * @param headDim width of a head
   * @param intermediate neurons of a plain MLP, or of the expert that all tokens share
   */
  public record Layer(int kvHeads, int headDim, int intermediate) {
    public Layer {
      if (kvHeads < 1 || headDim < 2 || intermediate < 1) {
        throw new ModelException("text_config has a size that is not positive");
      }
    }
  }

  /** The same in all layers. */
  static LayerSizes same(int layers, Layer each) {
    return new LayerSizes(IntStream.range(0, layers).mapToObj(layer -> each).toList());
  }

  /**
   * Where layers that see all tokens have heads of another width than those with a window ({@code
   * global_head_dim}, or {@code per_layer_config} as transformers 5 writes it), and layers that use
   * another one's keys and values may have an MLP of twice the width ({@code use_double_wide_mlp}).
   *
   * @param usual what a layer has where nothing else is said
   * @throws ModelException if layers of one type differ, or a layer differs in something else
   */
  static LayerSizes byLayer(Config text, Layer usual, SlidingWindow window, SharedKeys shared) {
    boolean wide = text.booleanValue("use_double_wide_mlp", false);
    int widerHead = text.intValue("global_head_dim", 512);
    List<Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < shared.sources().size(); layer++) {
      Config own = text.child(BY_LAYER).child(Integer.toString(layer));
      boolean seesAll = window.in(layer) == 0;
      int head = seesAll && !text.has(BY_LAYER) ? widerHead : usual.headDim();
      layers.add(
          new Layer(
              own.intValue(KV_HEADS, usual.kvHeads()),
              own.intValue(HEAD_DIM, head),
              wide && shared.uses(layer) ? 2 * usual.intermediate() : usual.intermediate()));
    }
    refuseOtherKeys(text.child(BY_LAYER), layers.size());
    LayerSizes sizes = new LayerSizes(layers);
    sizes.requireOneHead(window, true);
    sizes.requireOneHead(window, false);
    return sizes;
  }

  private static void refuseOtherKeys(Config byLayer, int layers) {
    Set<String> known = Set.of(HEAD_DIM, KV_HEADS);
    for (String layer : byLayer.keys()) {
      boolean number = layer.matches("\\d{1,6}") && Integer.parseInt(layer) < layers;
      for (String key : number ? byLayer.child(layer).keys() : List.of("")) {
        if (!known.contains(key)) {
          throw new ModelException(
              String.format(
                  Locale.ROOT,
                  "%s: text_config.%s.%s%s is not known; numbers of layers with %s and %s are",
                  byLayer.file(),
                  BY_LAYER,
                  layer,
                  key.isEmpty() ? "" : "." + key,
                  HEAD_DIM,
                  KV_HEADS));
        }
      }
    }
  }

  /** Positions turn all heads of a type of layers alike. */
  private void requireOneHead(SlidingWindow window, boolean windowed) {
    long widths =
        IntStream.range(0, layers.size())
            .filter(layer -> window.in(layer) > 0 == windowed)
            .map(layer -> in(layer).headDim())
            .distinct()
            .count();
    if (widths > 1) {
      throw new ModelException(
          "text_config: " + BY_LAYER + " gives layers of one type heads of different widths");
    }
  }

  public Layer in(int layer) {
    return layers.get(layer);
  }

  /** Width of the widest head. */
  public int widestHead() {
    return layers.stream().mapToInt(Layer::headDim).max().orElseThrow();
  }

  /** Neurons of the widest plain MLP. */
  public int widestMlp() {
    return layers.stream().mapToInt(Layer::intermediate).max().orElseThrow();
  }

  /** Keys, or values, of a token in the layer that has the most of them. */
  public int widestKeys() {
    return layers.stream().mapToInt(layer -> layer.kvHeads() * layer.headDim()).max().orElseThrow();
  }

  /** Width of a head in the layers with a window, or without; the usual one where there is none. */
  int headDim(SlidingWindow window, boolean windowed, int usual) {
    return IntStream.range(0, layers.size())
        .filter(layer -> window.in(layer) > 0 == windowed)
        .map(layer -> in(layer).headDim())
        .findFirst()
        .orElse(usual);
  }
}
