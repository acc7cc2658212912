package io.superneurons.model.decoder;

import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Weights;
import java.util.Map;

/** A layer of grouped-query attention, which keeps every token's keys and values. */
record AttentionLayer(Decoder decoder, int layer, Weights weights) implements DecoderLayer {

  private DecoderShape shape() {
    return decoder.shape();
  }

  private int window() {
    return shape().window().in(layer);
  }

  @Override
  public WholeLayer whole(TensorScope scope, Tensor x, PlacedBatch placed) {
    Tensor[] out =
        Decoder.SCRIPT.tensors(
            scope,
            "layer",
            x,
            weights,
            placed.rotaries().in(window()).cosines(),
            placed.rotaries().in(window()).sines(),
            placed.batch().segments(),
            placed.visible().tensors(),
            placed.visible().longest(),
            window(),
            placed.imageRuns(),
            placed.last(),
            shape().headDim(),
            shape().activation(),
            shape().eps());
    return new WholeLayer(
        out[0],
        new LayerOutput(
            new LayerOutput.AtLast(out[1], out[2], out[3]), new KeysValues(out[4], out[5])));
  }

  @Override
  public LayerOutput last(TensorScope scope, Tensor x, PlacedBatch placed) {
    Tensor[] out =
        Decoder.SCRIPT.tensors(
            scope,
            "last_layer",
            x,
            weights,
            placed.rotaries().in(window()).cosines(),
            placed.rotaries().in(window()).sines(),
            placed.batch().segments(),
            placed.batch().rowSegments(),
            placed.visibleToLast().tensors(),
            placed.visibleToLast().longest(),
            window(),
            placed.last(),
            shape().headDim(),
            shape().activation(),
            shape().eps());
    return new LayerOutput(
        new LayerOutput.AtLast(out[0], out[1], out[2]), new KeysValues(out[3], out[4]));
  }

  @Override
  public Map<Site, Tensor> exit(
      TensorScope scope, Tensor x, PlacedBatch placed, Map<Site, SiteNeurons> wanted) {
    return new ExitLayer(decoder, weights, new ExitHeads(decoder, layer, weights), wanted)
        .run(scope, x, placed);
  }

  @Override
  public Past beforeGeneration(TensorScope scope, Past prompt, int rows) {
    KeysValues of = (KeysValues) prompt;
    return new KeysValues(
        Decoder.SCRIPT.tensor(scope, "no_tokens", of.keys(), rows),
        Decoder.SCRIPT.tensor(scope, "no_tokens", of.values(), rows));
  }

  @Override
  public Generation.StepOutput step(
      TensorScope scope, Generation.Step step, Past prompt, Past earlier) {
    KeysValues of = (KeysValues) prompt;
    try (KeysValues generated = (KeysValues) earlier) {
      Tensor[] out =
          Decoder.SCRIPT.tensors(
              scope,
              "decode_layer",
              step.x(),
              weights,
              step.rotaries().in(window()).cosines(),
              step.rotaries().in(window()).sines(),
              of.keys(),
              of.values(),
              generated.keys(),
              generated.values(),
              step.batch().segments(),
              step.batch().rowSegments(),
              step.visible().tensors(),
              step.visible().longest(),
              window(),
              shape().headDim(),
              shape().activation(),
              shape().eps());
      return new Generation.StepOutput(out[0], new KeysValues(out[1], out[2]));
    }
  }
}
