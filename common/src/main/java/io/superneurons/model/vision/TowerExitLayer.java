package io.superneurons.model.vision;

import io.superneurons.activation.LayerVector;
import io.superneurons.activation.Pooling;
import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The tower layer where all images leave: of what it gives for their patches only what the wanted
 * neurons need. Weights that none of them needs are not read.
 *
 * <ul>
 *   <li>{@code attn_z} needs its heads.
 *   <li>{@code mlp_post} needs all heads, the output projection, and its own rows of the MLP's
 *       first matrix.
 *   <li>{@code resid_post} needs all of that, and its own rows of the MLP's second matrix.
 * </ul>
 */
final class TowerExitLayer {
  private final TowerStream stream;
  private final TowerShape shape;
  private final Map<Site, SiteNeurons> wanted;
  private final Map<LayerVector, long[]> columns = new EnumMap<>(LayerVector.class);

  /**
   * @param wanted by site, at least one
   */
  TowerExitLayer(TowerStream stream, TowerShape shape, Map<Site, SiteNeurons> wanted) {
    this.stream = stream;
    this.shape = shape;
    this.wanted = wanted;
    for (LayerVector vector : LayerVector.values()) {
      if (wanted.keySet().stream().anyMatch(site -> site.vector() == vector)) {
        columns.put(vector, columns(vector));
      }
    }
  }

  /** What is wanted of a vector, whatever the pooling: indices within it, ascending. */
  private long[] columns(LayerVector vector) {
    SortedSet<Integer> columns = new TreeSet<>();
    int width = shape.width(vector);
    wanted.forEach(
        (site, neurons) -> {
          if (site.vector() == vector && neurons.whole()) {
            IntStream.range(0, width).forEach(columns::add);
          } else if (site.vector() == vector) {
            neurons.indices().forEach(index -> columns.add(index % width));
          }
        });
    return columns.stream().mapToLong(Integer::longValue).toArray();
  }

  /**
   * The wanted neurons of each site, pooled [images, neurons].
   *
   * @param owner of the result
   * @param work owns what is needed on the way
   */
  Map<Site, Tensor> run(TensorScope owner, TensorScope work) {
    TowerBatch batch = stream.batch();
    int layer = stream.next();
    long[] heads = heads();
    Tensor z = batch.attention(work, layer, stream.x(), stream.indices(heads));
    Map<Site, Tensor> out = new EnumMap<>(Site.class);
    pool(owner, z, LayerVector.ATTN_Z, headColumns(heads), out);
    if (needsMlp()) {
      Tensor x = batch.afterAttention(work, layer, stream.x(), z);
      boolean residual = columns.containsKey(LayerVector.RESID_POST);
      long[] neurons = neurons();
      Tensor mlp = batch.neurons(work, layer, x, stream.indices(neurons));
      pool(owner, mlp, LayerVector.MLP_POST, neurons, out);
      if (residual) {
        long[] some = columns.get(LayerVector.RESID_POST);
        Tensor after = batch.residual(work, layer, x, mlp, stream.indices(some));
        pool(owner, after, LayerVector.RESID_POST, some, out);
      }
    }
    return out;
  }

  /** Says what it needs on the device. */
  void need(PassNumbers numbers) {
    Map<LayerVector, long[]> computed = new EnumMap<>(LayerVector.class);
    computed.put(LayerVector.ATTN_Z, headColumns(heads()));
    numbers.needIndices(heads());
    if (needsMlp()) {
      computed.put(LayerVector.MLP_POST, neurons());
      numbers.needIndices(neurons());
    }
    if (columns.containsKey(LayerVector.RESID_POST)) {
      long[] some = columns.get(LayerVector.RESID_POST);
      computed.put(LayerVector.RESID_POST, some);
      numbers.needIndices(some);
    }
    wanted.forEach(
        (site, neurons) -> {
          long[] places = places(neurons, site, computed.get(site.vector()));
          numbers.needIndices(places);
        });
  }

  /** Neurons of the MLP that are needed: all of them for the residual stream. */
  private long[] neurons() {
    return columns.containsKey(LayerVector.RESID_POST)
        ? IntStream.range(0, shape.intermediate()).asLongStream().toArray()
        : columns.get(LayerVector.MLP_POST);
  }

  private boolean needsMlp() {
    return columns.containsKey(LayerVector.MLP_POST) || columns.containsKey(LayerVector.RESID_POST);
  }

  /** Heads that are needed, ascending. */
  private long[] heads() {
    if (needsMlp()) {
      return IntStream.range(0, shape.heads()).asLongStream().toArray();
    }
    int width = shape.hidden() / shape.heads();
    return Arrays.stream(columns.get(LayerVector.ATTN_Z))
        .map(column -> column / width)
        .distinct()
        .toArray();
  }

  /** The columns of attn_z that the heads make. */
  private long[] headColumns(long[] heads) {
    int width = shape.hidden() / shape.heads();
    return Arrays.stream(heads)
        .flatMap(head -> IntStream.range(0, width).mapToLong(i -> head * width + i))
        .toArray();
  }

  /**
   * Pools what was computed of a vector, for each of its sites that is wanted.
   *
   * @param values [tokens, columns]
   * @param computed which columns they are, ascending
   */
  private void pool(
      TensorScope owner,
      Tensor values,
      LayerVector vector,
      long[] computed,
      Map<Site, Tensor> out) {
    wanted.forEach(
        (site, neurons) -> {
          if (site.vector() == vector) {
            out.put(site, pooled(owner, values, site, places(neurons, site, computed)));
          }
        });
  }

  /** Where the wanted neurons of a site stand in what is pooled of the computed columns. */
  private long[] places(SiteNeurons neurons, Site site, long[] computed) {
    int width = shape.width(site.vector());
    Pooling pooling = site.pooling().orElseThrow();
    return IntStream.range(0, neurons.count(width * pooling.vectors()))
        .map(i -> neurons.whole() ? i : neurons.indices().get(i))
        .mapToLong(
            index ->
                (long) (index / width) * computed.length
                    + Arrays.binarySearch(computed, index % width))
        .toArray();
  }

  private Tensor pooled(TensorScope owner, Tensor values, Site site, long[] places) {
    try (TensorScope work = new TensorScope()) {
      Tensor pooled = stream.pools().pool(work, values, site.pooling().orElseThrow());
      return stream.pools().pick(owner, pooled, stream.indices(places));
    }
  }
}
