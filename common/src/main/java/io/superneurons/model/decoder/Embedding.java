package io.superneurons.model.decoder;

import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.List;

/** What tokens are before the first layer, and what each layer gets of them beside that. */
record Embedding(Decoder decoder, MappedWeights files, DecoderWeights weights) {

  private DecoderShape shape() {
    return decoder.shape();
  }

  /** Of the prompts' tokens, images' features in their places: [tokens, hidden]. */
  Tensor of(TensorScope scope, PassNumbers numbers, PackedBatch batch, ImageTokens images) {
    return Decoder.SCRIPT.tensor(
        scope,
        "embed",
        weights.embedding(),
        lookedUp(numbers, batch.ids()),
        images.features().embeddings(),
        images.slots(),
        images.sources(),
        shape().scales().embedding(),
        files.type().code());
  }

  /** Of generated tokens: [rows] to [rows, hidden]. */
  Tensor of(TensorScope scope, PassNumbers numbers, long[] ids) {
    return Decoder.SCRIPT.tensor(
        scope,
        "embed_ids",
        weights.embedding(),
        lookedUp(numbers, ids),
        shape().scales().embedding(),
        files.type().code());
  }

  private Tensor lookedUp(PassNumbers numbers, long[] ids) {
    return numbers.indices(shape().inputs().lookedUp(ids));
  }

  /** Says what tokens need on the device. */
  void need(PassNumbers numbers, long[] ids) {
    numbers.needIndices(shape().inputs().lookedUp(ids));
  }

  /** What layers get of the prompts' tokens. */
  PlacedBatch.LayerInputs inputs(
      TensorScope scope, PassNumbers numbers, PackedBatch batch, ImageTokens images) {
    return shape().inputs().perLayer()
        ? new PlacedBatch.LayerInputs(
            List.of(lookedUp(numbers, batch.ids()), of(scope, numbers, batch, images)))
        : PlacedBatch.LayerInputs.NONE;
  }

  /** What layers get of generated tokens. */
  PlacedBatch.LayerInputs inputs(TensorScope scope, PassNumbers numbers, long[] ids) {
    return shape().inputs().perLayer()
        ? new PlacedBatch.LayerInputs(List.of(lookedUp(numbers, ids), of(scope, numbers, ids)))
        : PlacedBatch.LayerInputs.NONE;
  }

  /**
   * What one layer gets of tokens, as scripts take it: [tokens, width], or anything where it gets
   * nothing.
   */
  Tensor given(TensorScope scope, int layer, PlacedBatch.LayerInputs of) {
    if (of.tensors().isEmpty()) {
      return decoder.anything();
    }
    return Decoder.SCRIPT.tensor(
        scope,
        "per_layer_input",
        weights.inputs(),
        of.tensors().get(0),
        of.tensors().get(1),
        layer,
        Math.sqrt(shape().inputs().width()),
        files.type().code(),
        shape().eps());
  }
}
