package io.superneurons.model.decoder;

import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Greedy generation, by the checkpoint's {@link AnswerRules}, after all layers have seen the
 * prompts, with a cache of what each layer keeps: each step makes one token of every row, all rows
 * of the batch together.
 */
public final class Generation {
  private final Decoder decoder;
  private final PackedBatch batch;
  private final List<Past> cache;
  private final Set<Long> endTokens;

  /**
   * @param cache what every layer kept of the batch's tokens
   */
  public Generation(Decoder decoder, PackedBatch batch, List<Past> cache, Set<Long> endTokens) {
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
    List<Past> grown = emptyCaches(scope);
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

  private List<Past> emptyCaches(TensorScope scope) {
    List<Past> empty = new ArrayList<>();
    for (int layer = 0; layer < cache.size(); layer++) {
      empty.add(decoder.layer(layer).beforeGeneration(scope, cache.get(layer), batch.rows()));
    }
    return empty;
  }

  /**
   * What a layer is given of one generated token of each row.
   *
   * @param x the residual stream before the layer [rows, hidden]
   * @param inputs what layers get of these tokens
   * @param rotaries of these tokens
   * @param visible to them
   */
  record Step(
      PackedBatch batch,
      Tensor x,
      PlacedBatch.LayerInputs inputs,
      Rotaries rotaries,
      Visible visible) {
    Step with(Tensor other) {
      return new Step(batch, other, inputs, rotaries, visible);
    }
  }

  /**
   * What a layer gives for one generated token of each row.
   *
   * @param x the residual stream after it [rows, hidden]
   * @param generated what is kept of all tokens generated so far
   */
  record StepOutput(Tensor x, Past generated) {}

  /**
   * Takes one token of each row through all layers; the caches grow by it.
   *
   * @param scope of the caches
   * @param stepScope of what this step alone needs
   * @param number of the step, from 0
   * @return the residual stream after the last layer [rows, hidden]
   */
  private Tensor step(
      TensorScope scope, TensorScope stepScope, long[] tokens, int number, List<Past> grown) {
    long[] positions = Arrays.stream(batch.nextPositions()).map(first -> first + number).toArray();
    PassNumbers numbers = decoder.numbers(stepScope);
    decoder.embedding().need(numbers, tokens);
    decoder.needPositions(numbers, new long[][] {positions});
    if (decoder.attendsAtOnce()) {
      Contexts.ofRows(batch, number + 1).need(numbers);
    }
    Step step =
        new Step(
            batch,
            decoder.embedding().of(stepScope, numbers, tokens),
            decoder.embedding().inputs(stepScope, numbers, tokens),
            decoder.rotaries(stepScope, numbers, new long[][] {positions}),
            decoder.visible(stepScope, numbers, () -> Contexts.ofRows(batch, number + 1)));
    for (int layer = 0; layer < grown.size(); layer++) {
      StepOutput out = decoder.layer(layer).step(scope, step, cache.get(layer), grown);
      grown.set(layer, out.generated());
      step.x().close();
      step = step.with(out.x());
    }
    return step.x();
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
