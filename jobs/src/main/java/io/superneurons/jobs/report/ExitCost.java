package io.superneurons.jobs.report;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.PassCost;
import io.superneurons.activation.Site;
import io.superneurons.jobs.report.markup.Numbers;

/**
 * Estimates what share of a pass through the whole model is done when the model exits early.
 *
 * @param layers decoder layers of the model, at least 1
 * @param pass what the parts of a pass cost
 * @param basis what the estimate rests on
 */
record ExitCost(int layers, PassCost pass, Basis basis) {
  public ExitCost {
    if (layers < 1) {
      throw new IllegalArgumentException("layers must be 1 or more");
    }
  }

  /** What an estimate rests on. */
  public enum Basis {
    /** Only the number of layers: every layer that runs counts as a whole one. */
    LAYERS,

    /** The widths of the decoder's parts; the tower and the language head are not known. */
    WIDTHS,

    /** All weights of the model, tower and language head included. */
    WEIGHTS
  }

  /** By the number of layers alone. */
  public static ExitCost ofLayers(int layers) {
    return new ExitCost(layers, new PassCost(0, 1, 1, 0), Basis.LAYERS);
  }

  /** By what extract recorded of the model, or else by the widths of its sites. */
  public static ExitCost of(ActivationsMetadata activations) {
    return activations.cost() == null
        ? of(activations.layout())
        : new ExitCost(activations.layout().layers(), activations.cost(), Basis.WEIGHTS);
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
    long hidden = layout.width(Site.RESID_POST);
    long attention = 4 * hidden * layout.width(Site.ATTN_Z);
    long mlp = 3 * hidden * layout.width(Site.MLP_POST);
    PassCost pass = new PassCost(0, attention + mlp, attention / 2, 0);
    return new ExitCost(layout.layers(), pass, Basis.WIDTHS);
  }

  /**
   * The share of the work up to an exit layer.
   *
   * @param exitLayer zero-based
   */
  public double share(int exitLayer) {
    return pass.share(exitLayer, layers);
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
      case WEIGHTS ->
          "Cost: estimated share of a pass to the first token, from the model’s weights: vision"
              + " tower and projector, which run for every exit ("
              + Numbers.percent((double) pass.tower() / pass.whole(layers))
              + " of a pass), decoder layers, of the exit layer only keys and values for every"
              + " token, and the language head.";
    };
  }
}
