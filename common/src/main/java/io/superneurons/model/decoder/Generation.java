package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Greedy generation, by the checkpoint's {@link AnswerRules}, after all layers have seen the
 * prompts, with a cache of keys and values: each step makes one token of every row, all rows of the
 * batch together.
 */
public final class Generation {
  private final Decoder decoder;
  private final PackedBatch batch;
  private final List<KeysValues> cache;
  private final Set<Long> endTokens;

  /**
   * @param cache keys and values of the batch's tokens in every layer
   */
  public Generation(
      Decoder decoder, PackedBatch batch, List<KeysValues> cache, Set<Long> endTokens) {
    this.decoder = decoder;
    this.batch = batch;
    this.cache = cache;
    this.endTokens = endTokens;
  }

  /**
   * Generates until every row has ended or has that many tokens.
   *
   * @param residual resid_post of the last layer at the rows' last tokens [rows, hidden]
   * @return the generated ids of each row, an end token included where one came
   */
  public List<long[]> run(TensorScope scope, Tensor residual, int maxNewTokens) {
    List<Answer> answers = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      answers.add(new Answer());
    }
    List<KeysValues> grown = emptyCaches(scope);
    RuledChoice choice = new RuledChoice(decoder, batch, endTokens, maxNewTokens);
    long[] next = choice.next(residual);
    for (int step = 0; step < maxNewTokens; step++) {
      append(answers, next);
      if (step + 1 == maxNewTokens || answers.stream().allMatch(Answer::ended)) {
        break;
      }
      try (TensorScope stepScope = new TensorScope()) {
        next = choice.next(step(scope, stepScope, next, step, grown));
      }
    }
    return answers.stream().map(Answer::ids).toList();
  }

  private void append(List<Answer> answers, long[] next) {
    for (int row = 0; row < next.length; row++) {
      answers.get(row).append(next[row]);
    }
  }

  private List<KeysValues> emptyCaches(TensorScope scope) {
    return new ArrayList<>(cache.stream().map(prompt -> noTokens(scope, prompt)).toList());
  }

  /**
   * What a layer is given of one generated token of each row.
   *
   * @param x the residual stream before the layer [rows, hidden]
   * @param rotary of these tokens
   * @param visible to them
   */
  private record Step(Tensor x, Rotary rotary, Visible visible) {
    Step with(Tensor other) {
      return new Step(other, rotary, visible);
    }
  }

  /**
   * What a layer gives for one generated token of each row.
   *
   * @param x the residual stream after it [rows, hidden]
   * @param generated keys and values of all tokens generated so far
   */
  private record StepOutput(Tensor x, KeysValues generated) {}

  /**
   * Takes one token of each row through all layers; the caches grow by it.
   *
   * @param scope of the caches
   * @param stepScope of what this step alone needs
   * @param number of the step, from 0
   * @return the residual stream after the last layer [rows, hidden]
   */
  private Tensor step(
      TensorScope scope, TensorScope stepScope, long[] tokens, int number, List<KeysValues> grown) {
    long[] positions = Arrays.stream(batch.nextPositions()).map(first -> first + number).toArray();
    Step step =
        new Step(
            embed(stepScope, tokens),
            decoder.rotary(stepScope, new long[][] {positions}),
            decoder.visible(stepScope, () -> Contexts.ofRows(batch, number + 1)));
    for (int layer = 0; layer < grown.size(); layer++) {
      StepOutput out = decodeLayer(scope, layer, step, cache.get(layer), grown.get(layer));
      grown.set(layer, out.generated());
      step.x().close();
      step = step.with(out.x());
    }
    return step.x();
  }

  /** Token embeddings of generated tokens: [rows] to [rows, hidden]. */
  private Tensor embed(TensorScope scope, long[] ids) {
    return Decoder.SCRIPT.tensor(
        scope, "embed_ids", decoder.weights().embedding(), decoder.indices(scope, ids));
  }

  /** Keys and values of no generated tokens yet, of the kind that the prompt's are. */
  private KeysValues noTokens(TensorScope scope, KeysValues prompt) {
    return new KeysValues(
        Decoder.SCRIPT.tensor(scope, "no_tokens", prompt.keys(), batch.rows()),
        Decoder.SCRIPT.tensor(scope, "no_tokens", prompt.values(), batch.rows()));
  }

  /**
   * Takes one generated token of each row through a layer.
   *
   * @param step the token's residual stream, and what it sees
   * @param prompt keys and values of the prompts' tokens in this layer
   * @param earlier those of the tokens generated before; freed
   */
  private StepOutput decodeLayer(
      TensorScope scope, int layer, Step step, KeysValues prompt, KeysValues earlier) {
    Tensor[] out =
        Decoder.SCRIPT.tensors(
            scope,
            "decode_layer",
            step.x(),
            decoder.weights().layer(layer),
            step.rotary().cosines(),
            step.rotary().sines(),
            prompt.keys(),
            prompt.values(),
            earlier.keys(),
            earlier.values(),
            batch.segments(),
            batch.rowSegments(),
            step.visible().tensors(),
            step.visible().longest(),
            decoder.shape().window().in(layer),
            decoder.shape().headDim(),
            decoder.shape().activation(),
            decoder.shape().eps());
    earlier.close();
    return new StepOutput(out[0], new KeysValues(out[1], out[2]));
  }

  private final class Answer {
    private final List<Long> ids = new ArrayList<>();

    void append(long id) {
      if (!ended()) {
        ids.add(id);
      }
    }

    boolean ended() {
      return !ids.isEmpty() && endTokens.contains(ids.get(ids.size() - 1));
    }

    long[] ids() {
      return ids.stream().mapToLong(Long::longValue).toArray();
    }
  }
}
