package io.superneurons.model.decoder;

import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.DeltaNets;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Weights;
import java.util.List;
import java.util.Map;

/**
 * A gated delta net, which keeps one state of each row. Rows that share a prefix go on from the
 * state after it.
 */
record DeltaLayer(Decoder decoder, int layer, Weights weights) implements DecoderLayer {

  private DecoderShape shape() {
    return decoder.shape();
  }

  /** As the script takes them: key heads, value heads, key dim, value dim, kernel. */
  private int[] sizes() {
    DeltaNets nets = shape().deltaNets();
    return new int[] {
      nets.keyHeads(), nets.valueHeads(), nets.keyDim(), nets.valueDim(), nets.kernel()
    };
  }

  @Override
  public WholeLayer whole(
      TensorScope scope, Tensor x, PlacedBatch placed, Map<Integer, Past> kept) {
    Tensor[] out =
        Decoder.SCRIPT.tensors(
            scope,
            "delta_layer",
            x,
            weights,
            placed.batch().segments(),
            placed.batch().rowSegments(),
            placed.last(),
            sizes(),
            shape().activation(),
            shape().eps());
    return new WholeLayer(
        out[0],
        new LayerOutput(
            new LayerOutput.AtLast(out[1], out[2], out[3]), new StateOfRows(out[4], out[5])));
  }

  /**
   * What is read at the rows' last tokens, and what is kept.
   *
   * @param heads attn_z [rows, value heads * value dim]
   */
  private record AtLast(Tensor heads, StateOfRows past) {}

  private AtLast atLast(TensorScope scope, Tensor x, PlacedBatch placed) {
    Tensor[] out =
        Decoder.SCRIPT.tensors(
            scope,
            "delta_last",
            x,
            weights,
            placed.batch().segments(),
            placed.batch().rowSegments(),
            placed.last(),
            sizes(),
            shape().activation(),
            shape().eps());
    return new AtLast(out[0], new StateOfRows(out[1], out[2]));
  }

  @Override
  public LayerOutput last(
      TensorScope scope, Tensor x, PlacedBatch placed, Map<Integer, Past> kept) {
    AtLast at = atLast(scope, x, placed);
    Tensor[] out =
        Decoder.SCRIPT.tensors(
            scope,
            "after_mixing",
            x,
            at.heads(),
            weights,
            placed.last(),
            shape().activation(),
            shape().eps());
    return new LayerOutput(new LayerOutput.AtLast(out[0], at.heads(), out[1]), at.past());
  }

  @Override
  public Map<Site, Tensor> exit(
      TensorScope scope,
      Tensor x,
      PlacedBatch placed,
      Map<Integer, Past> kept,
      Map<Site, SiteNeurons> wanted) {
    ExitLayer.Mixing all =
        new ExitLayer.Mixing() {
          @Override
          public Tensor whole(TensorScope within, Tensor stream, PlacedBatch batch) {
            AtLast at = atLast(within, stream, batch);
            at.past().close();
            return at.heads();
          }

          @Override
          public Tensor some(
              TensorScope within, Tensor stream, PlacedBatch batch, SiteNeurons neurons) {
            return decoder.pick(within, batch.numbers(), whole(within, stream, batch), neurons);
          }
        };
    return new ExitLayer(decoder, layer, all, wanted).run(scope, x, placed);
  }

  @Override
  public void needExit(PassNumbers numbers, Map<Site, SiteNeurons> wanted) {}

  @Override
  public Past beforeGeneration(TensorScope scope, Past prompt, int rows) {
    return prompt;
  }

  @Override
  public Generation.StepOutput step(
      TensorScope scope, Generation.Step step, Past prompt, List<Past> earlier) {
    try (StateOfRows before = (StateOfRows) earlier.get(layer)) {
      Tensor[] out =
          Decoder.SCRIPT.tensors(
              scope,
              "delta_step",
              step.x(),
              weights,
              before.ends(),
              before.states(),
              sizes(),
              shape().activation(),
              shape().eps());
      return new Generation.StepOutput(out[0], new StateOfRows(out[1], out[2]));
    }
  }
}
