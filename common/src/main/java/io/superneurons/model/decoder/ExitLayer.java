package io.superneurons.model.decoder;

import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Weights;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The decoder layer where rows leave: for the rows' last tokens only what the wanted neurons need.
 * Weights that none of them needs are not read.
 *
 * <ul>
 *   <li>{@code attn_z} needs what of the mixing between tokens its neurons are in.
 *   <li>{@code mlp_post} needs all of the mixing, the output projection, and its own rows of gate
 *       and up.
 *   <li>{@code resid_post} needs everything; of a mixture of experts those that its tokens choose.
 * </ul>
 */
final class ExitLayer {
  private final Decoder decoder;
  private final DecoderShape shape;
  private final int layer;
  private final Weights weights;
  private final Mixing mixing;
  private final Map<Site, SiteNeurons> wanted;

  /** What a layer mixes of tokens, at the rows' last ones. */
  interface Mixing {
    /**
     * All of {@code attn_z} [rows, width].
     *
     * @param x the residual stream before the layer [tokens, hidden]
     */
    Tensor whole(TensorScope scope, Tensor x, PlacedBatch placed);

    /** Neurons of it [rows, neurons]. */
    Tensor some(TensorScope scope, Tensor x, PlacedBatch placed, SiteNeurons neurons);
  }

  /**
   * @param layer where rows leave
   * @param wanted by site, at least one
   */
  ExitLayer(Decoder decoder, int layer, Mixing mixing, Map<Site, SiteNeurons> wanted) {
    this.decoder = decoder;
    this.shape = decoder.shape();
    this.layer = layer;
    this.weights = decoder.weights().layer(layer);
    this.mixing = mixing;
    this.wanted = wanted;
  }

  /**
   * The wanted neurons of each site [rows, neurons].
   *
   * @param x the residual stream before the layer [tokens, hidden]
   */
  Map<Site, Tensor> run(TensorScope scope, Tensor x, PlacedBatch placed) {
    SiteNeurons heads = wanted.get(Site.ATTN_Z);
    if (!wanted.containsKey(Site.RESID_POST) && !wanted.containsKey(Site.MLP_POST)) {
      return Map.of(Site.ATTN_Z, mixing.some(scope, x, placed, heads));
    }
    Map<Site, Tensor> out = new EnumMap<>(Site.class);
    Tensor z = mixing.whole(scope, x, placed);
    if (heads != null) {
      out.put(Site.ATTN_Z, decoder.pick(scope, placed.numbers(), z, heads));
    }
    out.putAll(mlp(scope, afterAttention(scope, x, z, placed), placed));
    return out;
  }

  /**
   * The residual stream between attention and MLP [rows, hidden].
   *
   * @param z attn_z [rows, width]
   */
  private Tensor afterAttention(TensorScope scope, Tensor x, Tensor z, PlacedBatch placed) {
    return Decoder.SCRIPT.tensor(
        scope, "after_attention", x, z, weights, placed.last(), shape.eps());
  }

  /**
   * @param x the residual stream before the MLP [rows, hidden]
   */
  private Map<Site, Tensor> mlp(TensorScope scope, Tensor x, PlacedBatch placed) {
    Map<Site, Tensor> out = new EnumMap<>(Site.class);
    SiteNeurons neurons = wanted.get(Site.MLP_POST);
    if (!wanted.containsKey(Site.RESID_POST) && !neurons.whole()) {
      Tensor rows = placed.numbers().indices(neurons.toArray());
      out.put(
          Site.MLP_POST,
          Decoder.SCRIPT.tensor(
              scope, "mlp_neurons", x, weights, rows, shape.activation(), shape.eps()));
      return out;
    }
    Tensor hidden =
        Decoder.SCRIPT.tensor(scope, "mlp_hidden", x, weights, shape.activation(), shape.eps());
    if (neurons != null) {
      out.put(Site.MLP_POST, decoder.pick(scope, placed.numbers(), hidden, neurons));
    }
    if (wanted.containsKey(Site.RESID_POST)) {
      Tensor residual = finished(scope, afterMlp(scope, x, hidden), placed);
      SiteNeurons some = wanted.get(Site.RESID_POST);
      out.put(Site.RESID_POST, decoder.pick(scope, placed.numbers(), residual, some));
    }
    return out;
  }

  /** Both [rows, ...] to the residual stream after the MLP [rows, hidden]. */
  private Tensor afterMlp(TensorScope scope, Tensor x, Tensor hidden) {
    return Decoder.SCRIPT.tensor(
        scope, "after_mlp", x, hidden, weights, shape.activation(), shape.eps());
  }

  /** What a layer does after its MLP [rows, hidden]. */
  private Tensor finished(TensorScope scope, Tensor x, PlacedBatch placed) {
    try (TensorScope work = new TensorScope()) {
      PlacedBatch.LayerInputs inputs = placed.inputs().only(work, placed.last());
      return Decoder.SCRIPT.tensor(
          scope,
          "finish_layer",
          x,
          weights,
          List.of(decoder.embedding().given(work, layer, inputs)),
          shape.activation(),
          shape.eps());
    }
  }
}
