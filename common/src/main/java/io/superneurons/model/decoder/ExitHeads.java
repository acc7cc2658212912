package io.superneurons.model.decoder;

import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.LayerSizes;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Attention in the layer where rows leave: keys for all tokens, and for the rows' last tokens the
 * heads that the wanted neurons of {@code attn_z} are in, with those that share their keys and
 * values. Values are projected after the weighted sum, one vector per head instead of one per
 * token, where the layer has its own and they go through no norm.
 *
 * @param given as the script takes it, of which only another layer's keys and values are looked at
 */
record ExitHeads(Decoder decoder, int layer, List<Tensor> given) implements ExitLayer.Mixing {

  private DecoderShape shape() {
    return decoder.shape();
  }

  private LayerSizes.Layer sizes() {
    return shape().layer(layer);
  }

  /** Says what neurons need on the device. */
  void need(PassNumbers numbers, SiteNeurons neurons) {
    long[] groups = groups(neurons);
    numbers.needIndices(groups);
    if (!neurons.whole()) {
      long[] positions = positions(groups, neurons);
      numbers.needIndices(positions);
    }
  }

  @Override
  public Tensor whole(TensorScope scope, Tensor x, PlacedBatch placed) {
    return attention(scope, x, placed, groups(SiteNeurons.all()));
  }

  @Override
  public Tensor some(TensorScope scope, Tensor x, PlacedBatch placed, SiteNeurons neurons) {
    if (neurons.whole()) {
      return whole(scope, x, placed);
    }
    long[] groups = groups(neurons);
    Tensor z = attention(scope, x, placed, groups);
    Tensor positions = placed.numbers().indices(positions(groups, neurons));
    return Decoder.SCRIPT.tensor(scope, "pick", z, positions);
  }

  /** The groups of heads that neurons are in, ascending. */
  private long[] groups(SiteNeurons neurons) {
    return neurons.whole()
        ? LongStream.range(0, sizes().kvHeads()).toArray()
        : neurons.indices().stream().mapToLong(index -> index / groupWidth()).distinct().toArray();
  }

  /** Width of the part of attn_z that one group of heads makes. */
  private int groupWidth() {
    return shape().heads() / sizes().kvHeads() * sizes().headDim();
  }

  /**
   * The parts of attn_z that groups make [rows, groups * heads per group * head dim].
   *
   * @param groups of heads that share keys and values, ascending
   */
  private Tensor attention(TensorScope scope, Tensor x, PlacedBatch placed, long[] groups) {
    return Decoder.SCRIPT.tensor(
        scope,
        "exit_attention",
        x,
        decoder.weights().layer(layer),
        placed.rotaries().in(shape().window().in(layer)).cosines(),
        placed.rotaries().in(shape().window().in(layer)).sines(),
        placed.batch().segments(),
        placed.batch().rowSegments(),
        placed.visibleToLast().tensors(),
        placed.visibleToLast().longest(),
        shape().window().in(layer),
        placed.last(),
        given,
        placed.numbers().indices(groups),
        sizes().kvHeads(),
        sizes().headDim(),
        shape().eps());
  }

  /** Where the wanted neurons stand in the parts that the groups of heads make. */
  private long[] positions(long[] groups, SiteNeurons neurons) {
    int[] place = new int[sizes().kvHeads()];
    for (int i = 0; i < groups.length; i++) {
      place[(int) groups[i]] = i;
    }
    int width = groupWidth();
    return neurons.indices().stream()
        .mapToLong(index -> (long) place[index / width] * width + index % width)
        .toArray();
  }
}
