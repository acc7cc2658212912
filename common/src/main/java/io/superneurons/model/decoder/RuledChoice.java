package io.superneurons.model.decoder;

import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Chooses each next token of a batch's rows: the likeliest that a checkpoint's rules allow. */
final class RuledChoice {
  private final Decoder decoder;
  private final Set<Long> endTokens;
  private final int maxNewTokens;
  private final List<Set<Long>> seen = new ArrayList<>(); // by row: ids of prompt and answer
  private final int[] promptLengths;
  private int step;

  /**
   * @param maxNewTokens of an answer
   */
  RuledChoice(Decoder decoder, PackedBatch batch, Set<Long> endTokens, int maxNewTokens) {
    this.decoder = decoder;
    this.endTokens = endTokens;
    this.maxNewTokens = maxNewTokens;
    promptLengths = new int[batch.rows()];
    for (int row = 0; row < batch.rows(); row++) {
      long[] prompt = batch.promptIds(row);
      promptLengths[row] = prompt.length;
      seen.add(Arrays.stream(prompt).boxed().collect(TreeSet::new, Set::add, Set::addAll));
    }
  }

  /**
   * The next token of each row [rows].
   *
   * @param residual resid_post of the last layer at the rows' last tokens [rows, hidden]
   */
  long[] next(Tensor residual) {
    AnswerRules rules = decoder.answerRules();
    long[] chosen;
    if (rules.changeNothing()) {
      chosen = greedy(residual);
    } else if (step + 1 == maxNewTokens && !rules.forcedLast().isEmpty()) {
      chosen = new long[seen.size()];
      Arrays.fill(chosen, new TreeSet<>(rules.forcedLast()).first());
    } else {
      chosen = ruled(residual, rules);
    }
    for (int row = 0; row < chosen.length; row++) {
      seen.get(row).add(chosen[row]);
    }
    step++;
    return chosen;
  }

  private long[] ruled(Tensor residual, AnswerRules rules) {
    long vocabulary = decoder.shape().vocabulary();
    List<Long> repeated = new ArrayList<>();
    List<Long> banned = new ArrayList<>();
    for (int row = 0; row < promptLengths.length; row++) {
      long first = row * vocabulary;
      seen.get(row).forEach(id -> repeated.add(first + id));
      rules.banned(promptLengths[row], step, endTokens).forEach(id -> banned.add(first + id));
    }
    return likeliest(residual, longs(repeated), rules.repetitionPenalty(), longs(banned));
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  /** The likeliest next token of each row [rows], of what {@link Decoder#logits} takes. */
  private long[] greedy(Tensor residual) {
    return Decoder.SCRIPT.longs(
        "greedy", decoder.weights().head(), residual, decoder.shape().eps());
  }

  /**
   * The likeliest next token of each row [rows] among those that are left.
   *
   * @param residual as {@link Decoder#logits} takes it
   * @param repeated places of [rows, vocabulary] whose logits the penalty makes smaller
   * @param banned places that are not chosen
   */
  private long[] likeliest(Tensor residual, long[] repeated, double penalty, long[] banned) {
    try (TensorScope scope = new TensorScope()) {
      PassNumbers numbers = decoder.numbers(scope);
      numbers.needIndices(repeated);
      numbers.needIndices(banned);
      return Decoder.SCRIPT.longs(
          "likeliest",
          decoder.weights().head(),
          residual,
          decoder.shape().eps(),
          numbers.indices(repeated),
          penalty,
          numbers.indices(banned));
    }
  }
}
