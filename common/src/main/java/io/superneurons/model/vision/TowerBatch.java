package io.superneurons.model.vision;

import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.List;

/**
 * Images within a vision tower: what its layers need of them, and what is kept of them for the
 * decoder. The residual stream is [tokens, hidden], or has more axes in place of the tokens', one
 * image after another.
 */
interface TowerBatch {
  /** What each token is of its image; one array for each image. */
  List<TokenPlace[]> places();

  /**
   * A whole layer.
   *
   * @param x the residual stream before it
   */
  TowerLayerOutput layer(TensorScope scope, int layer, Tensor x);

  /**
   * Attention alone, of some heads.
   *
   * @param heads indices [heads], ascending; all of them where it holds as many as there are
   * @return attn_z [tokens, heads * head dim]
   */
  Tensor attention(TensorScope scope, int layer, Tensor x, Tensor heads);

  /**
   * The residual stream between attention and MLP.
   *
   * @param z attn_z of all heads
   */
  Tensor afterAttention(TensorScope scope, int layer, Tensor x, Tensor z);

  /**
   * Some neurons of the MLP.
   *
   * @param x the residual stream between attention and MLP
   * @param neurons indices [neurons], ascending
   * @return mlp_post [tokens, neurons]
   */
  Tensor neurons(TensorScope scope, int layer, Tensor x, Tensor neurons);

  /**
   * Some columns of the residual stream after the layer.
   *
   * @param x the residual stream between attention and MLP
   * @param mlp mlp_post, all of it
   * @param columns indices [columns], ascending
   * @return resid_post [tokens, columns]
   */
  Tensor residual(TensorScope scope, int layer, Tensor x, Tensor mlp, Tensor columns);

  /**
   * Keeps what the decoder needs of the residual stream at a place; frees it if nothing needs it
   * any more.
   *
   * @param reached layers that were run
   * @param before the residual stream before the last one of them; null before the first
   * @param x the residual stream after them
   */
  void passed(int reached, Tensor before, Tensor x);

  /**
   * The same for some of the images; what is left of the others is freed.
   *
   * @param scope owns what is made for those that stay
   * @param images indices, ascending
   * @param x the residual stream
   */
  Narrowed only(TensorScope scope, int[] images, Tensor x);

  /**
   * Some of a batch's images.
   *
   * @param x their residual stream
   */
  record Narrowed(TowerBatch batch, Tensor x) {}

  /**
   * What the decoder reads of the images.
   *
   * @param x the residual stream after all layers
   */
  ImageFeatures features(TensorScope scope, Tensor x);
}
