package io.superneurons.model.decoder;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a checkpoint asks of its own answers beside the likeliest tokens: what transformers' {@code
 * generate(do_sample=False)} does by generation_config.json (generation/logits_process.py).
 *
 * @param repetitionPenalty by which the logits of tokens of the prompt and the answer are made
 *     smaller; 1 for no change
 * @param minNewTokens before which an answer does not end
 * @param minLength of prompt and answer together before which it does not end
 * @param suppressed ids that are never chosen
 * @param suppressedFirst ids that are not chosen as an answer's first
 * @param forcedLast ids of which the last token that there is room for is one; empty for none
 * @param notFollowed keys that change answers and are not followed here
 */
public record AnswerRules(
    double repetitionPenalty,
    int minNewTokens,
    int minLength,
    Set<Long> suppressed,
    Set<Long> suppressedFirst,
    Set<Long> forcedLast,
    List<String> notFollowed) {

  /** The likeliest tokens. */
  public static final AnswerRules NONE =
      new AnswerRules(1, 0, 0, Set.of(), Set.of(), Set.of(), List.of());

  /** Keys that are not followed, with the values that change nothing. */
  private static final Map<String, List<Object>> UNCHANGED =
      Map.ofEntries(
          Map.entry("bad_words_ids", List.of()),
          Map.entry("dola_layers", List.of()),
          Map.entry("encoder_no_repeat_ngram_size", List.of(0)),
          Map.entry("encoder_repetition_penalty", List.of(1)),
          Map.entry("exponential_decay_length_penalty", List.of()),
          Map.entry("guidance_scale", List.of(1)),
          Map.entry("no_repeat_ngram_size", List.of(0)),
          Map.entry("num_beams", List.of(1)),
          Map.entry("penalty_alpha", List.of(0)),
          Map.entry("sequence_bias", List.of()),
          Map.entry("stop_strings", List.of()),
          Map.entry("watermarking_config", List.of()));

  public AnswerRules {
    suppressed = Set.copyOf(suppressed);
    suppressedFirst = Set.copyOf(suppressedFirst);
    forcedLast = Set.copyOf(forcedLast);
    notFollowed = List.copyOf(notFollowed);
    if (!(repetitionPenalty > 0) || Double.isInfinite(repetitionPenalty)) {
      throw new ModelException(
          "generation_config.json: repetition_penalty must be positive: " + repetitionPenalty);
    }
  }

  /** Reads generation_config.json. */
  public static AnswerRules of(Config generation) {
    return new AnswerRules(
        generation.doubleValue("repetition_penalty", 1),
        generation.intValue("min_new_tokens", 0),
        generation.intValue("min_length", 0),
        ids(generation, "suppress_tokens"),
        ids(generation, "begin_suppress_tokens"),
        ids(generation, "forced_eos_token_id"),
        UNCHANGED.keySet().stream()
            .filter(key -> generation.has(key) && !generation.isOff(key))
            .filter(key -> UNCHANGED.get(key).stream().noneMatch(v -> generation.is(key, v)))
            .sorted()
            .toList());
  }

  private static Set<Long> ids(Config generation, String key) {
    return Arrays.stream(generation.ints(key)).asLongStream().boxed().collect(Collectors.toSet());
  }

  /** Whether the likeliest token is always the one. */
  boolean changeNothing() {
    return repetitionPenalty == 1
        && minNewTokens <= 0
        && minLength <= 0
        && suppressed.isEmpty()
        && suppressedFirst.isEmpty()
        && forcedLast.isEmpty();
  }

  /**
   * Ids that are not chosen.
   *
   * @param prompt tokens of the row's prompt
   * @param step tokens of the answer so far
   * @param endTokens ids that end an answer
   */
  Set<Long> banned(int prompt, int step, Set<Long> endTokens) {
    Set<Long> banned = new TreeSet<>(suppressed);
    if (step == 0) {
      banned.addAll(suppressedFirst);
    }
    if (step < minNewTokens || prompt + step < minLength) {
      banned.addAll(endTokens);
    }
    return banned;
  }
}
