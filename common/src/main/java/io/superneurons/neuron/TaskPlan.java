package io.superneurons.neuron;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the neurons of one task are scored.
 *
 * @param rows the task's rows
 * @param slots the rankings that are made
 * @param metric what neurons are ranked by
 * @param trials first all probing rows, checked on the validation rows; then, only where there are
 *     no validation rows, the cross-validation folds of the probing rows
 */
public record TaskPlan(TaskRows rows, List<Slot> slots, Metric metric, List<Trial> trials)
    implements Serializable {
  public TaskPlan {
    slots = List.copyOf(slots);
    trials = List.copyOf(trials);
    if (slots.isEmpty() || trials.isEmpty()) {
      throw new IllegalArgumentException("A plan needs a slot and a trial");
    }
  }

  /**
   * The plan of a task.
   *
   * @param rules those to try
   * @param seed of the cross-validation folds
   * @throws IllegalArgumentException if there are no validation rows and too few probing rows to
   *     make two folds of them
   */
  public static TaskPlan of(TaskRows rows, List<Rule> rules, Metric metric, long seed) {
    int labels = rows.labels().size();
    int probing = rows.size(TaskRows.PROBE);
    Trial main =
        new Trial(
            IntStream.range(0, probing).toArray(),
            IntStream.range(rows.start(TaskRows.VALIDATION), rows.end(TaskRows.VALIDATION))
                .toArray());
    List<Trial> folds =
        main.check().length > 0 ? List.of() : Trial.folds(rows.given(), probing, labels, seed);
    if (main.check().length == 0 && folds.size() < 2) {
      throw new IllegalArgumentException(
          "a label has fewer than two probing rows and there are no validation rows");
    }
    return new TaskPlan(
        rows,
        rules.stream().flatMap(rule -> Slot.of(rule, labels).stream()).toList(),
        metric,
        Stream.concat(Stream.of(main), folds.stream()).toList());
  }

  /** Whether choices are made by cross-validation, for want of validation rows. */
  public boolean isCrossValidated() {
    return trials.size() > 1;
  }

  /** The trials whose check rows make the choices: the validation rows, or every fold. */
  public int[] choosingTrials() {
    return isCrossValidated() ? IntStream.range(1, trials.size()).toArray() : new int[] {0};
  }

  /** Label indexes of a trial's check rows. */
  public int[] givenOfCheck(int trial) {
    return Arrays.stream(trials.get(trial).check()).map(row -> rows.given()[row]).toArray();
  }
}
