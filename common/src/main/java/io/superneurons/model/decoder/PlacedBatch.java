package io.superneurons.model.decoder;

import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Tensors;
import java.util.List;

/**
 * A batch and what every layer needs of it on the model's device, made once for all layers by
 * {@link Decoder#place}.
 *
 * @param numbers of the pass
 * @param images where its images' features go
 * @param inputs what its layers get of tokens, where they get anything
 * @param rotaries of its tokens
 * @param last index of each row's last token [rows]; empty where nothing is read there
 * @param imageRuns start and length of each run of tokens that see each other both ways [2 * runs]
 * @param visible to all of its tokens, each a query
 * @param visibleToLast to the rows' last tokens alone
 */
public record PlacedBatch(
    PackedBatch batch,
    PassNumbers numbers,
    ImageTokens images,
    LayerInputs inputs,
    Rotaries rotaries,
    Tensor last,
    int[] imageRuns,
    Visible visible,
    Visible visibleToLast) {

  /** The same for a layer of which nothing is read at the rows' last tokens. */
  public PlacedBatch unread() {
    return new PlacedBatch(
        batch,
        numbers,
        images,
        inputs,
        rotaries,
        numbers.indices(new long[0]),
        imageRuns,
        visible,
        visibleToLast);
  }

  /**
   * What layers get of tokens beside the residual stream, where they get anything.
   *
   * @param tensors ids [tokens] and embeddings, images' features in their places [tokens, hidden];
   *     empty where layers get nothing
   */
  record LayerInputs(List<Tensor> tensors) {
    static final LayerInputs NONE = new LayerInputs(List.of());

    /** Those of some tokens, by their indices. */
    LayerInputs only(TensorScope scope, Tensor tokens) {
      return new LayerInputs(
          tensors.stream().map(all -> Tensors.rows(scope, all, tokens)).toList());
    }
  }
}
