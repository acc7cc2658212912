package io.superneurons.model.vision;

import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.EnumMap;
import java.util.Map;

/**
 * Images on their way through a vision tower, layer by layer. What is wanted of a layer is pooled
 * there, on the device.
 */
public final class TowerStream {
  private final MappedWeights files;
  private final TensorScope scope;
  private TowerBatch batch;
  private PatchPools pools;
  private Tensor x; // the residual stream before layer `next`; null once an exit layer was run
  private int next;

  /**
   * @param scope owns the residual stream
   * @param x the residual stream before the first layer
   */
  TowerStream(MappedWeights files, TensorScope scope, TowerBatch batch, Tensor x) {
    this.files = files;
    this.scope = scope;
    this.batch = batch;
    this.x = x;
    this.pools = new PatchPools(files, scope, batch.places());
    batch.passed(0, null, x);
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
    TowerLayerOutput output = batch.layer(scope, next, x);
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
      return pools.pick(owner, pooled, indices(work, neurons.toArray()));
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
    return x;
  }

  /** Indices on the model's device [n]. */
  Tensor indices(TensorScope owner, long[] values) {
    return files.longs(owner, values, values.length);
  }

  /**
   * Lets all other images go.
   *
   * @param images indices among those that are left, ascending, at least one
   */
  void only(int[] images) {
    TowerBatch.Narrowed left = batch.only(scope, images, x);
    batch = left.batch();
    x = left.x();
    pools = new PatchPools(files, scope, batch.places());
  }

  /** Frees the residual stream, after its features were made. */
  void close() {
    x.close();
  }

  /** What the decoder reads of the images; no layer may be left. */
  ImageFeatures features(TensorScope owner) {
    return batch.features(owner, x);
  }
}
