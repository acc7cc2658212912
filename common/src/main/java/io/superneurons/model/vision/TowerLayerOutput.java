package io.superneurons.model.vision;

import io.superneurons.activation.LayerVector;
import io.superneurons.torch.Tensor;

/**
 * What a layer of a vision tower gives for all tokens.
 *
 * @param residual resid_post [tokens, hidden]
 * @param heads attn_z [tokens, hidden]
 * @param mlp mlp_post [tokens, intermediate]
 */
record TowerLayerOutput(Tensor residual, Tensor heads, Tensor mlp) {
  /** One vector of each token [tokens, width]. */
  Tensor of(LayerVector vector) {
    return switch (vector) {
      case RESID_POST -> residual;
      case ATTN_Z -> heads;
      case MLP_POST -> mlp;
    };
  }
}
