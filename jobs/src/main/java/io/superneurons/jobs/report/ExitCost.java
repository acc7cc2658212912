package io.superneurons.jobs.report;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.Site;

/**
 * Estimates what share of the decoder's work over a prompt is done when the model exits early.
 *
 * <p>A layer's work is taken as one multiplication a weight and token. The layers before the exit
 * layer run for every token of the prompt; of the exit layer itself only keys and values are needed
 * for every token, the rest for the last one, which counts as nothing. The vision tower runs either
 * way and the language head for one token; neither is counted.
 *
 * @param layers decoder layers of the model, at least 1
 * @param exitLayerShare work of an exit layer over that of a whole one, from 0 to 1
 * @param basis what the estimate rests on
 */
public record ExitCost(int layers, double exitLayerShare, Basis basis) {
  public ExitCost {
    if (layers < 1 || !(exitLayerShare >= 0 && exitLayerShare <= 1)) {
      throw new IllegalArgumentException("layers must be 1 or more, a share from 0 to 1");
    }
  }

  /** What an estimate rests on. */
  public enum Basis {
    /** Only the number of layers: every layer that runs counts as a whole one. */
    LAYERS,

    /** The widths of the model's parts. */
    WIDTHS
  }

  /** By the number of layers alone. */
  public static ExitCost ofLayers(int layers) {
    return new ExitCost(layers, 1, Basis.LAYERS);
  }

  /**
   * By the widths of the model's sites where all three are known, else by the number of layers. As
   * many key and value heads as query heads are assumed, which costs an early exit too much where
   * the model shares them.
   */
  public static ExitCost of(ActivationLayout layout) {
    if (layout.widths().size() < Site.values().length) {
      return ofLayers(layout.layers());
    }
    double hidden = layout.width(Site.RESID_POST);
    double attention = 4 * hidden * layout.width(Site.ATTN_Z);
    double mlp = 3 * hidden * layout.width(Site.MLP_POST);
    return new ExitCost(layout.layers(), attention / 2 / (attention + mlp), Basis.WIDTHS);
  }

  /**
   * The share of the decoder's work up to an exit layer.
   *
   * @param exitLayer zero-based
   */
  public double share(int exitLayer) {
    if (exitLayer < 0 || exitLayer >= layers) {
      throw new IllegalArgumentException(
          "The exit layer must be from 0 to " + (layers - 1) + ", not " + exitLayer);
    }
    return (exitLayer + exitLayerShare) / layers;
  }

  /** How the estimate was made, for the caption. */
  String explanation() {
    return switch (basis) {
      case LAYERS ->
          "Cost: layers run over the model’s "
              + layers
              + " (the shape of the model is not in the selection; --activations gives it).";
      case WIDTHS ->
          "Cost: estimated share of the decoder’s multiplications over a long prompt; of the exit"
              + " layer only keys and values are computed for every token. Vision tower and"
              + " language head are not counted.";
    };
  }
}
