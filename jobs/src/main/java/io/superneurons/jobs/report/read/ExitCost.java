package io.superneurons.jobs.report.read;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.ModelLayers;
import io.superneurons.activation.Part;
import io.superneurons.activation.PassCost;
import io.superneurons.activation.Site;
import io.superneurons.jobs.report.markup.Numbers;
import java.util.Objects;

/**
 * Estimates what share of a pass through the whole model is done when the model exits early.
 *
 * @param layers of the model
 * @param pass what the parts of a pass cost
 * @param basis what the estimate rests on
 */
public record ExitCost(ModelLayers layers, PassCost pass, Basis basis) {
  public ExitCost {
    Objects.requireNonNull(layers, "layers");
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
  public static ExitCost ofLayers(ModelLayers layers) {
    return new ExitCost(layers, new PassCost(0, 0, 0, 1, 1, 0), Basis.LAYERS);
  }

  /** By what extract recorded of the model, or else by the widths of its sites. */
  public static ExitCost of(ActivationsMetadata activations) {
    return activations.cost() == null
        ? of(activations.layout())
        : new ExitCost(layers(activations.layout()), activations.cost(), Basis.WEIGHTS);
  }

  /**
   * By the widths of the model's sites where all three are known, else by the number of layers. As
   * many key and value heads as query heads are assumed, which costs an early exit too much where
   * the model shares them.
   */
  public static ExitCost of(ActivationLayout layout) {
    if (!layout.sites().containsAll(Site.of(Part.DECODER))) {
      return ofLayers(layers(layout));
    }
    long hidden = layout.widths().usual(Site.RESID_POST);
    long attention = 4 * hidden * layout.widths().usual(Site.ATTN_Z);
    long mlp = 3 * hidden * layout.widths().usual(Site.MLP_POST);
    PassCost pass = new PassCost(0, 0, 0, attention + mlp, attention / 2, 0);
    return new ExitCost(layers(layout), pass, Basis.WIDTHS);
  }

  private static ModelLayers layers(ActivationLayout layout) {
    return new ModelLayers(layout.tower().layers(), layout.layers());
  }

  /**
   * The share of the work up to an exit layer; 0 within the vision tower where that is not counted.
   */
  public double share(ModelLayer exitLayer) {
    return exitLayer.inTower() && !pass.knowsTower() ? 0 : pass.share(exitLayer, layers.decoder());
  }

  /** How the estimate was made, for the caption. */
  public String explanation() {
    return switch (basis) {
      case LAYERS ->
          "Cost: layers run over the model’s "
              + layers.decoder()
              + " (the shape of the model is not in the selection; --activations gives it).";
      case WIDTHS ->
          "Cost: estimated share of the decoder’s multiplications over a long prompt; of the exit"
              + " layer only keys and values are computed for every token. Vision tower and"
              + " language head are not counted.";
      case WEIGHTS ->
          "Cost: estimated share of a pass to the first token, from the model’s weights: vision"
              + " tower and projector, which run for every exit within the decoder ("
              + Numbers.percent((double) pass.tower() / pass.whole(layers.decoder()))
              + " of a pass), decoder layers, of the exit layer only keys and values for every"
              + " token, and the language head.";
    };
  }
}
