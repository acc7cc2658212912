package io.superneurons.model.vision;

import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.List;

/** What a family puts between a tower of the CLIP and SigLIP kind and the decoder. */
@FunctionalInterface
public interface Connector {
  /**
   * Makes the decoder's features.
   *
   * @param patches the tower's hidden states of all tiles of the images, one image after another
   *     [tiles, tokens, hidden * hidden states]
   */
  ImageFeatures connect(TensorScope scope, Tensor patches, List<ImageInput> images);

  /** Of a model that is opened no deeper than the tower. */
  static Connector none() {
    return (scope, patches, images) -> {
      throw new IllegalStateException("The model was opened no deeper than its vision tower");
    };
  }
}
