package io.superneurons.model.decoder;

import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Greedy generation after a prefill, with a cache of keys and values: one token a row and step, all
 * rows of the batch together.
 */
public final class Generation {
  private final Decoder decoder;
  private final PackedBatch batch;
  private final List<Decoder.KeysValues> cache;
  private final Set<Long> endTokens;

  /**
   * @param cache keys and values of the batch's tokens in every layer
   */
  public Generation(
      Decoder decoder, PackedBatch batch, List<Decoder.KeysValues> cache, Set<Long> endTokens) {
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
    List<Decoder.KeysValues> grown = emptyCaches(scope);
    long[] next = greedy(residual);
    for (int step = 0; step < maxNewTokens; step++) {
      append(answers, next);
      if (step + 1 == maxNewTokens || answers.stream().allMatch(Answer::ended)) {
        break;
      }
      try (TensorScope stepScope = new TensorScope()) {
        next = greedy(step(scope, stepScope, next, step, grown));
      }
    }
    return answers.stream().map(Answer::ids).toList();
  }

  private long[] greedy(Tensor residual) {
    return Decoder.SCRIPT.longs("greedy", decoder.head(), residual, decoder.shape().eps());
  }

  private void append(List<Answer> answers, long[] next) {
    for (int row = 0; row < next.length; row++) {
      answers.get(row).append(next[row]);
    }
  }

  private List<Decoder.KeysValues> emptyCaches(TensorScope scope) {
    List<Decoder.KeysValues> caches = new ArrayList<>();
    for (Decoder.KeysValues prompt : cache) {
      caches.add(
          new Decoder.KeysValues(
              Decoder.SCRIPT.tensor(scope, "no_tokens", prompt.keys(), batch.rows()),
              Decoder.SCRIPT.tensor(scope, "no_tokens", prompt.values(), batch.rows())));
    }
    return caches;
  }

  /** One token a row through all layers; the caches grow by it. Returns the final residual. */
  private Tensor step(
      TensorScope scope,
      TensorScope stepScope,
      long[] tokens,
      int step,
      List<Decoder.KeysValues> grown) {
    long[] positions = batch.nextPositions().clone();
    for (int row = 0; row < positions.length; row++) {
      positions[row] += step;
    }
    Tensor[] rotary = decoder.rotary(stepScope, new long[][] {positions});
    Seen seen = decoder.seen(stepScope, () -> Contexts.ofRows(batch, step + 1));
    Tensor x = decoder.embed(stepScope, tokens);
    for (int layer = 0; layer < grown.size(); layer++) {
      Decoder.KeysValues prompt = cache.get(layer);
      Decoder.KeysValues old = grown.get(layer);
      Tensor[] out =
          Decoder.SCRIPT.tensors(
              scope,
              "decode_layer",
              x,
              decoder.layer(layer),
              rotary[0],
              rotary[1],
              prompt.keys(),
              prompt.values(),
              old.keys(),
              old.values(),
              batch.segments(),
              batch.rowSegments(),
              seen.tensors(),
              seen.most(),
              decoder.shape().headDim(),
              decoder.shape().activation(),
              decoder.shape().eps());
      old.keys().close();
      old.values().close();
      x.close();
      x = out[0];
      grown.set(layer, new Decoder.KeysValues(out[1], out[2]));
    }
    return x;
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
