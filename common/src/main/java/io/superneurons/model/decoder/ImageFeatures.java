package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;
import java.util.List;

/**
 * What a tower and its projector give the decoder, images one after another.
 *
 * @param embeddings in place of the image tokens' embeddings [features, hidden]
 * @param perLayer what is added at the image tokens after layer 0, 1, ... [features, hidden] each;
 *     empty where a family adds nothing between layers
 */
public record ImageFeatures(Tensor embeddings, List<Tensor> perLayer) {
  public ImageFeatures {
    perLayer = List.copyOf(perLayer);
  }

  /** Embeddings only. */
  public static ImageFeatures of(Tensor embeddings) {
    return new ImageFeatures(embeddings, List.of());
  }
}
