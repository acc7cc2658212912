package io.superneurons.model.decoder;

import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A layer of grouped-query attention, which keeps every token's keys and values. They may be those
 * of an earlier layer, which then are kept under both.
 */
record AttentionLayer(Decoder decoder, int layer, Weights weights) implements DecoderLayer {

  private DecoderShape shape() {
    return decoder.shape();
  }

  private int window() {
    return shape().window().in(layer);
  }

  private int headDim() {
    return shape().layer(layer).headDim();
  }

  /**
   * As the script takes it: what the layer gets of tokens, and another layer's keys and values.
   *
   * @param inputs of the tokens that are computed
   */
  private List<Tensor> given(
      TensorScope scope, PlacedBatch.LayerInputs inputs, Map<Integer, Past> kept) {
    List<Tensor> given = new ArrayList<>(List.of(decoder.embedding().given(scope, layer, inputs)));
    if (shape().sharedKeys().uses(layer)) {
      KeysValues of = (KeysValues) kept.get(shape().sharedKeys().source(layer));
      given.addAll(List.of(of.keys(), of.values()));
    }
    return given;
  }

  @Override
  public WholeLayer whole(
      TensorScope scope, Tensor x, PlacedBatch placed, Map<Integer, Past> kept) {
    try (TensorScope work = new TensorScope()) {
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
              given(work, placed.inputs(), kept),
              headDim(),
              shape().activation(),
              shape().eps());
      return new WholeLayer(
          out[0],
          new LayerOutput(
              new LayerOutput.AtLast(out[1], out[2], out[3]), new KeysValues(out[4], out[5])));
    }
  }

  @Override
  public LayerOutput last(
      TensorScope scope, Tensor x, PlacedBatch placed, Map<Integer, Past> kept) {
    try (TensorScope work = new TensorScope()) {
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
              given(work, placed.inputs().only(work, placed.last()), kept),
              headDim(),
              shape().activation(),
              shape().eps());
      return new LayerOutput(
          new LayerOutput.AtLast(out[0], out[1], out[2]), new KeysValues(out[3], out[4]));
    }
  }

  @Override
  public Map<Site, Tensor> exit(
      TensorScope scope,
      Tensor x,
      PlacedBatch placed,
      Map<Integer, Past> kept,
      Map<Site, SiteNeurons> wanted) {
    List<Tensor> given = given(scope, PlacedBatch.LayerInputs.NONE, kept);
    return new ExitLayer(decoder, layer, new ExitHeads(decoder, layer, given), wanted)
        .run(scope, x, placed);
  }

  @Override
  public void needExit(PassNumbers numbers, Map<Site, SiteNeurons> wanted) {
    boolean headsAlone = wanted.keySet().equals(Set.of(Site.ATTN_Z));
    new ExitHeads(decoder, layer, List.of())
        .need(numbers, headsAlone ? wanted.get(Site.ATTN_Z) : SiteNeurons.all());
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
      TensorScope scope, Generation.Step step, Past prompt, List<Past> earlier) {
    KeysValues of = (KeysValues) prompt;
    KeysValues generated = (KeysValues) earlier.get(shape().sharedKeys().source(layer));
    try (TensorScope work = new TensorScope()) {
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
              List.of(decoder.embedding().given(work, layer, step.inputs())),
              headDim(),
              shape().activation(),
              shape().eps());
      return new Generation.StepOutput(out[0], new KeysValues(out[1], out[2]));
    } finally {
      earlier.get(layer).close();
    }
  }
}
