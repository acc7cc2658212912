package io.superneurons.jobs.select.rows;

import io.superneurons.neuron.cascade.AnswerMatcher;
import io.superneurons.neuron.statistics.Confusion;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What was asked and answered in a task's rows.
 *
 * @param question of all probing rows, if they share one
 * @param answers the label that the model's own answer names, of each row, or {@link
 *     Confusion#NO_LABEL}; nothing if no row has an answer
 * @param others the most frequent answers that name no label, with their rows, the most frequent
 *     first
 */
public record TaskWords(
    Optional<String> question, Optional<int[]> answers, Map<String, Integer> others) {
  /** So many answers that name no label are kept, the most frequent ones. */
  private static final int MOST_OTHERS = 5;

  /**
   * Of rows in their canonical order.
   *
   * @param question of all probing rows, or null
   * @param texts those that rows hold numbers of
   */
  static TaskWords of(List<String> labels, String question, OrderedTask task, Texts texts) {
    Optional<int[]> answers = answers(labels, task, texts);
    return new TaskWords(
        Optional.ofNullable(question),
        answers,
        answers.map(of -> others(of, task, texts)).orElse(Map.of()));
  }

  /** The most frequent first; of equals the first by the alphabet. */
  private static Map<String, Integer> others(int[] answers, OrderedTask task, Texts texts) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int row = 0; row < answers.length; row++) {
      if (answers[row] == Confusion.NO_LABEL && task.answer(row) != Texts.NONE) {
        counts.merge(texts.text(task.answer(row)).strip(), 1, Integer::sum);
      }
    }
    Map<String, Integer> most = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_OTHERS)
        .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
    return most;
  }

  private static Optional<int[]> answers(List<String> labels, OrderedTask task, Texts texts) {
    if (IntStream.range(0, task.size()).allMatch(row -> task.answer(row) == Texts.NONE)) {
      return Optional.empty();
    }
    AnswerMatcher matcher = new AnswerMatcher(labels);
    Map<Integer, Integer> matched = new HashMap<>();
    return Optional.of(
        IntStream.range(0, task.size())
            .map(
                row ->
                    matched.computeIfAbsent(
                        task.answer(row), answer -> matcher.match(texts.text(answer))))
            .toArray());
  }
}
