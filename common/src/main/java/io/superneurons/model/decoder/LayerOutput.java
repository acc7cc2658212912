package io.superneurons.model.decoder;

import io.superneurons.activation.LayerVector;
import io.superneurons.torch.Tensor;

/**
 * What a layer gives beside the residual stream.
 *
 * @param atLast the sites at the rows' last tokens
 * @param past what the layer keeps of all tokens
 */
public record LayerOutput(AtLast atLast, Past past) {

  /**
   * The sites' whole vectors at the rows' last tokens.
   *
   * @param residual resid_post [rows, hidden]
   * @param heads attn_z [rows, width]
   * @param mlp mlp_post [rows, intermediate]
   */
  public record AtLast(Tensor residual, Tensor heads, Tensor mlp) {
    /** One of them [rows, width]. */
    public Tensor of(LayerVector vector) {
      return switch (vector) {
        case RESID_POST -> residual;
        case ATTN_Z -> heads;
        case MLP_POST -> mlp;
      };
    }
  }
}
