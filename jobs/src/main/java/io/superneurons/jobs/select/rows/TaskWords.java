package io.superneurons.jobs.select.rows;

import io.superneurons.neuron.cascade.AnswerMatcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What was asked and answered in a task's rows.
 *
 * @param question of all probing rows, if they share one
 * @param answers the label that the model's own answer names, of each row, or {@link
 *     io.superneurons.neuron.statistics.Confusion#NO_LABEL}; nothing if no row has an answer
 */
public record TaskWords(Optional<String> question, Optional<int[]> answers) {
  /**
   * Of rows in their canonical order.
   *
   * @param question of all probing rows, or null
   * @param texts those that rows hold numbers of
   */
  static TaskWords of(List<String> labels, String question, OrderedTask task, Texts texts) {
    return new TaskWords(Optional.ofNullable(question), answers(labels, task, texts));
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
