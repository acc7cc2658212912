package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Tensors;
import java.util.ArrayList;
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

  /**
   * Features of some images and of those after them.
   *
   * @param parts at least one; all add something after equally many layers
   */
  public static ImageFeatures join(TensorScope scope, List<ImageFeatures> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    List<Tensor> perLayer = new ArrayList<>();
    for (int layer = 0; layer < parts.get(0).perLayer.size(); layer++) {
      int index = layer;
      perLayer.add(
          Tensors.join(scope, parts.stream().map(part -> part.perLayer.get(index)).toList()));
    }
    List<Tensor> embeddings = parts.stream().map(ImageFeatures::embeddings).toList();
    return new ImageFeatures(Tensors.join(scope, embeddings), perLayer);
  }

  /** Embeddings only. */
  public static ImageFeatures of(Tensor embeddings) {
    return new ImageFeatures(embeddings, List.of());
  }
}
