package io.superneurons.model.vision;

import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Images on their way through a vision tower, layer by layer. What is wanted of a layer is pooled
 * there, on the device.
 */
public final class TowerStream {
  private final PassNumbers numbers;
  private final TensorScope scope;
  private TowerBatch batch;
  private PatchPools pools;
  private Supplier<Tensor> embedding; // null once it was asked
  private Tensor x; // the residual stream before layer `next`; null before the embedding, and
  // once an exit layer was run
  private int next;

  /**
   * @param scope owns the residual stream
   * @param embedding gives the residual stream before the first layer; asked when it is needed
   */
  TowerStream(
      PassNumbers numbers, TensorScope scope, TowerBatch batch, Supplier<Tensor> embedding) {
    this.numbers = numbers;
    this.scope = scope;
    this.batch = batch;
    this.embedding = embedding;
    this.pools = new PatchPools(numbers, batch.places());
  }

  /** Says what a layer's pooled neurons need on the device. */
  void need(Map<Site, SiteNeurons> wanted) {
    wanted.forEach(
        (site, neurons) -> {
          pools.need(site.pooling().orElseThrow());
          if (!neurons.whole()) {
            numbers.needIndices(neurons.toArray());
          }
        });
  }

  /** Says what the layer needs on the device where all images leave. */
  void needExit(Map<Site, SiteNeurons> wanted, TowerShape shape) {
    wanted.keySet().forEach(site -> pools.need(site.pooling().orElseThrow()));
    new TowerExitLayer(this, shape, wanted).need(numbers);
  }

  /** The layer that comes next. */
  int next() {
    return next;
  }

  /**
   * Takes the images through the next layer.
   *
   * @param wanted of the layer, by site
   * @return the wanted neurons of each site, pooled [images, neurons]
   */
  Map<Site, Tensor> layer(TensorScope owner, Map<Site, SiteNeurons> wanted) {
    TowerLayerOutput output = batch.layer(scope, next, x());
    Map<Site, Tensor> pooled = new EnumMap<>(Site.class);
    wanted.forEach(
        (site, neurons) ->
            pooled.put(site, pooled(owner, output.of(site.vector()), site, neurons)));
    output.heads().close();
    output.mlp().close();
    Tensor before = x;
    x = output.residual();
    next++;
    batch.passed(next, before, x);
    return pooled;
  }

  private Tensor pooled(TensorScope owner, Tensor values, Site site, SiteNeurons neurons) {
    try (TensorScope work = new TensorScope()) {
      if (neurons.whole()) {
        return pools.pool(owner, values, site.pooling().orElseThrow());
      }
      Tensor pooled = pools.pool(work, values, site.pooling().orElseThrow());
      return pools.pick(owner, pooled, indices(neurons.toArray()));
    }
  }

  /**
   * The layer where all images leave: only what the wanted neurons need is computed. Nothing can
   * follow it.
   *
   * @param wanted of the layer, by site, at least one
   * @return the wanted neurons of each site, pooled [images, neurons]
   */
  Map<Site, Tensor> exitLayer(TensorScope owner, Map<Site, SiteNeurons> wanted, TowerShape shape) {
    try (TensorScope work = new TensorScope()) {
      return new TowerExitLayer(this, shape, wanted).run(owner, work);
    } finally {
      x.close();
      x = null;
    }
  }

  TowerBatch batch() {
    return batch;
  }

  PatchPools pools() {
    return pools;
  }

  /** The residual stream before the next layer. */
  Tensor x() {
    if (embedding != null) {
      x = embedding.get();
      embedding = null;
      batch.passed(0, null, x);
    }
    return x;
  }

  /** Indices on the model's device [n]. */
  Tensor indices(long[] values) {
    return numbers.indices(values);
  }

  /**
   * Lets all other images go.
   *
   * @param images indices among those that are left, ascending, at least one
   */
  void only(int[] images) {
    TowerBatch.Narrowed left = batch.only(scope, images, x());
    batch = left.batch();
    x = left.x();
    pools = new PatchPools(numbers, batch.places());
  }

  /** Frees the residual stream, after its features were made. */
  void close() {
    x().close();
  }

  /** What the decoder reads of the images; no layer may be left. */
  ImageFeatures features(TensorScope owner) {
    return batch.features(owner, x());
  }
}
