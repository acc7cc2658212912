package io.superneurons.jobs.select.rows;

import io.superneurons.neuron.cascade.AnswerMatcher;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was asked and answered in a task's rows.
 *
 * @param question of all probing rows, if they share one
 * @param answers the label that the model's own answer names, of each row, or {@link
 *     io.superneurons.neuron.statistics.Confusion#NO_LABEL}; nothing if no row has an answer
 */
public record TaskWords(Optional<String> question, Optional<int[]> answers) {
  /** Of rows in their canonical order. */
  static TaskWords of(List<String> labels, List<LabelledRow> rows) {
    return new TaskWords(question(rows), answers(labels, rows));
  }

  private static Optional<String> question(List<LabelledRow> rows) {
    Set<String> questions = new TreeSet<>();
    for (LabelledRow row : rows) {
      if (row.isProbing() && row.question() == null) {
        return Optional.empty();
      }
      if (row.isProbing()) {
        questions.add(row.question());
      }
    }
    return questions.size() == 1 ? questions.stream().findFirst() : Optional.empty();
  }

  private static Optional<int[]> answers(List<String> labels, List<LabelledRow> rows) {
    if (rows.stream().allMatch(row -> row.answer() == null)) {
      return Optional.empty();
    }
    AnswerMatcher matcher = new AnswerMatcher(labels);
    return Optional.of(rows.stream().mapToInt(row -> matcher.match(row.answer())).toArray());
  }
}
