package io.superneurons.model.decoder;

import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Weights;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The decoder layer where rows leave: keys for all tokens, and for the rows' last tokens only what
 * the wanted neurons need. Weights that none of them needs are not read.
 *
 * <ul>
 *   <li>{@code attn_z} needs its heads, with the heads that share their keys and values; values are
 *       projected after the weighted sum, one vector per head instead of one per token.
 *   <li>{@code mlp_post} needs all heads, the output projection, and its own rows of gate and up.
 *   <li>{@code resid_post} needs everything.
 * </ul>
 */
final class ExitLayer {
  private final Decoder decoder;
  private final DecoderShape shape;
  private final int layer;
  private final Weights weights;
  private final Map<Site, SiteNeurons> wanted;

  /**
   * @param layer its number
   * @param weights of the layer
   * @param wanted by site, at least one
   */
  ExitLayer(Decoder decoder, int layer, Weights weights, Map<Site, SiteNeurons> wanted) {
    this.decoder = decoder;
    this.shape = decoder.shape();
    this.layer = layer;
    this.weights = weights;
    this.wanted = wanted;
  }

  /**
   * The wanted neurons of each site [rows, neurons].
   *
   * @param x the residual stream before the layer [tokens, hidden]
   */
  Map<Site, Tensor> run(TensorScope scope, Tensor x, PlacedBatch placed) {
    Map<Site, Tensor> out = new EnumMap<>(Site.class);
    long[] groups = headGroups();
    Tensor z = attention(scope, x, placed, groups);
    if (wanted.containsKey(Site.ATTN_Z)) {
      out.put(Site.ATTN_Z, pickHeads(scope, z, groups));
    }
    if (needsAllHeads()) {
      out.putAll(mlp(scope, afterAttention(scope, x, z, placed)));
    }
    return out;
  }

  private boolean needsAllHeads() {
    return wanted.containsKey(Site.RESID_POST) || wanted.containsKey(Site.MLP_POST);
  }

  /** Groups of heads that share keys and values, ascending. */
  private long[] headGroups() {
    if (needsAllHeads() || wanted.get(Site.ATTN_Z).whole()) {
      return LongStream.range(0, shape.kvHeads()).toArray();
    }
    return wanted.get(Site.ATTN_Z).indices().stream()
        .mapToLong(index -> index / groupWidth())
        .distinct()
        .toArray();
  }

  /** Width of the part of attn_z that one group of heads makes. */
  private int groupWidth() {
    return shape.heads() / shape.kvHeads() * shape.headDim();
  }

  /** The parts of attn_z that the groups make [rows, groups * heads per group * head dim]. */
  private Tensor attention(TensorScope scope, Tensor x, PlacedBatch placed, long[] groups) {
    return Decoder.SCRIPT.tensor(
        scope,
        "exit_attention",
        x,
        weights,
        placed.rotary().cosines(),
        placed.rotary().sines(),
        placed.batch().segments(),
        placed.batch().rowSegments(),
        placed.visibleToLast().tensors(),
        placed.visibleToLast().longest(),
        shape.window().in(layer),
        placed.last(),
        decoder.indices(scope, groups),
        shape.kvHeads(),
        shape.headDim(),
        shape.eps());
  }

  /**
   * The residual stream between attention and MLP [rows, hidden].
   *
   * @param z attn_z of all heads [rows, heads * head dim]
   */
  private Tensor afterAttention(TensorScope scope, Tensor x, Tensor z, PlacedBatch placed) {
    return Decoder.SCRIPT.tensor(scope, "after_attention", x, z, weights, placed.last());
  }

  /** The wanted neurons of attn_z, out of the parts of it that the groups of heads made. */
  private Tensor pickHeads(TensorScope scope, Tensor z, long[] groups) {
    SiteNeurons neurons = wanted.get(Site.ATTN_Z);
    if (neurons.whole()) {
      return z;
    }
    int[] place = new int[shape.kvHeads()];
    for (int i = 0; i < groups.length; i++) {
      place[(int) groups[i]] = i;
    }
    int width = groupWidth();
    long[] positions =
        neurons.indices().stream()
            .mapToLong(index -> (long) place[index / width] * width + index % width)
            .toArray();
    return Decoder.SCRIPT.tensor(scope, "pick", z, decoder.indices(scope, positions));
  }

  /**
   * @param x the residual stream before the MLP [rows, hidden]
   */
  private Map<Site, Tensor> mlp(TensorScope scope, Tensor x) {
    Map<Site, Tensor> out = new EnumMap<>(Site.class);
    SiteNeurons neurons = wanted.get(Site.MLP_POST);
    if (!wanted.containsKey(Site.RESID_POST) && !neurons.whole()) {
      Tensor rows = decoder.indices(scope, neurons.toArray());
      out.put(
          Site.MLP_POST,
          Decoder.SCRIPT.tensor(
              scope, "mlp_neurons", x, weights, rows, shape.activation(), shape.eps()));
      return out;
    }
    Tensor hidden =
        Decoder.SCRIPT.tensor(scope, "mlp_hidden", x, weights, shape.activation(), shape.eps());
    if (neurons != null) {
      out.put(Site.MLP_POST, decoder.pick(scope, hidden, neurons));
    }
    if (wanted.containsKey(Site.RESID_POST)) {
      Tensor residual = Decoder.SCRIPT.tensor(scope, "after_mlp", x, hidden, weights);
      out.put(Site.RESID_POST, decoder.pick(scope, residual, wanted.get(Site.RESID_POST)));
    }
    return out;
  }
}
