package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;

/**
 * What turns a batch's queries and keys.
 *
 * @param whole in layers that see all tokens
 * @param windowed in layers with a window; often the same
 */
record Rotaries(Rotary whole, Rotary windowed) {
  /**
   * In a layer.
   *
   * @param window the layer's; 0 for none
   */
  Rotary in(int window) {
    return window > 0 ? windowed : whole;
  }

  /** Cosines and sines by which tokens' positions turn queries and keys [tokens, head dim] each. */
  record Rotary(Tensor cosines, Tensor sines) {}
}
