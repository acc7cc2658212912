package io.superneurons.model.decoder;

import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.List;
import java.util.Map;

/**
 * A layer of the decoder: a kind of mixing between tokens, which is what the kinds of layers differ
 * in, and an MLP.
 */
interface DecoderLayer {
  /**
   * Takes all tokens through it.
   *
   * @param x the residual stream before it [tokens, hidden]
   * @param kept by layer, what earlier ones kept that others use
   * @return without what images' features add after it
   */
  WholeLayer whole(TensorScope scope, Tensor x, PlacedBatch placed, Map<Integer, Past> kept);

  /**
   * The model's last layer, which no other follows: what is kept of all tokens, and the rest of the
   * rows' last tokens only.
   *
   * @param x the residual stream before it [tokens, hidden]
   * @param kept by layer, what earlier ones kept that others use
   */
  LayerOutput last(TensorScope scope, Tensor x, PlacedBatch placed, Map<Integer, Past> kept);

  /**
   * The layer where rows leave: of the rows' last tokens, only what the wanted neurons need.
   *
   * @param x the residual stream before it [tokens, hidden]
   * @param kept by layer, what earlier ones kept that others use
   * @param wanted by site, at least one
   * @return the wanted neurons of each site [rows, neurons]
   */
  Map<Site, Tensor> exit(
      TensorScope scope,
      Tensor x,
      PlacedBatch placed,
      Map<Integer, Past> kept,
      Map<Site, SiteNeurons> wanted);

  /** Says what else {@link #exit} needs on the device, beside the indices of wanted neurons. */
  void needExit(PassNumbers numbers, Map<Site, SiteNeurons> wanted);

  /**
   * What it keeps of generated tokens before there are any.
   *
   * @param prompt what it kept of the prompts
   */
  Past beforeGeneration(TensorScope scope, Past prompt, int rows);

  /**
   * Takes one generated token of each row through it.
   *
   * @param step the token's residual stream, and what it sees
   * @param prompt what it kept of the prompts
   * @param earlier what each layer kept of the tokens generated before, and those before it of this
   *     one; its own is taken over
   */
  Generation.StepOutput step(
      TensorScope scope, Generation.Step step, Past prompt, List<Past> earlier);
}
