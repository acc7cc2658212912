package io.superneurons.model;

import io.superneurons.torch.Tensor;
import java.util.List;

/**
 * What a tower and its projector give the decoder, images one after another.
 *
 * @param embeddings in place of the image tokens' embeddings [features, hidden]
 * @param perLayer what is added at the image tokens after layer 0, 1, ... [features, hidden] each;
 *     empty where a family adds nothing between layers
 */
record ImageFeatures(Tensor embeddings, List<Tensor> perLayer) {
  ImageFeatures {
    perLayer = List.copyOf(perLayer);
  }

  /** Embeddings only. */
  static ImageFeatures of(Tensor embeddings) {
    return new ImageFeatures(embeddings, List.of());
  }
}
