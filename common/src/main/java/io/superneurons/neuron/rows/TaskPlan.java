package io.superneurons.neuron.rows;

import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.rule.Slot;
import io.superneurons.neuron.statistics.Metric;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the neurons of one task are scored.
 *
 * @param rows the task's rows
 * @param slots the rankings that are made
 * @param metric what neurons are ranked by
 * @param trials the {@link Trial.Role#MAIN} one first; then the folds, if they choose and not the
 *     validation rows alone; last the final fit, if it uses the validation rows too
 */
public record TaskPlan(TaskRows rows, List<Slot> slots, Metric metric, List<Trial> trials)
    implements Serializable {
  /** Index of the trial that ranks and fits on the probing rows. */
  public static final int MAIN = 0;

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
   * @throws IllegalArgumentException if folds are to choose and there are too few images of a label
   *     to make two of them
   */
  public static TaskPlan of(TaskRows rows, List<Rule> rules, Metric metric, Scheme scheme) {
    int labels = rows.labels().size();
    int end = rows.end(TaskRows.VALIDATION);
    int[] probing = IntStream.range(0, rows.size(TaskRows.PROBE)).toArray();
    int[] validation = IntStream.range(probing.length, end).toArray();
    List<Trial> trials = new ArrayList<>();
    trials.add(new Trial(Trial.Role.MAIN, probing, validation));
    if (scheme.chosenOn(validation.length) == ChosenOn.CROSS_VALIDATION) {
      trials.addAll(folds(rows, scheme));
    }
    if (scheme.fittedOn() == FittedOn.PROBE_AND_VALIDATION && validation.length > 0) {
      trials.add(new Trial(Trial.Role.FINAL, IntStream.range(0, end).toArray(), new int[0]));
    }
    List<Slot> slots = rules.stream().flatMap(rule -> Slot.of(rule, labels).stream()).toList();
    return new TaskPlan(rows, slots, metric, trials);
  }

  /** No folds where they cannot be made and the validation rows can choose without them. */
  private static List<Trial> folds(TaskRows rows, Scheme scheme) {
    List<Trial> folds = Trial.folds(rows, scheme.seed());
    boolean needed = scheme.chosenOn().isPresent() || rows.size(TaskRows.VALIDATION) == 0;
    if (folds.isEmpty() && needed) {
      throw new IllegalArgumentException(
          "cross-validation needs two images of every label, and there are not that many");
    }
    return folds;
  }

  /** Which rows make the choices. */
  public ChosenOn chosenOn() {
    return trials.stream().anyMatch(trial -> trial.role() == Trial.Role.FOLD)
        ? ChosenOn.CROSS_VALIDATION
        : ChosenOn.VALIDATION;
  }

  /** Which rows the chosen neurons are fitted on. */
  public FittedOn fittedOn() {
    return finalTrial() == MAIN ? FittedOn.PROBE : FittedOn.PROBE_AND_VALIDATION;
  }

  /**
   * Positions of the rows that make the choices, ascending [rows]: each of them checks one of the
   * choosing trials.
   */
  public int[] choosingRows() {
    int from = chosenOn() == ChosenOn.VALIDATION ? rows.start(TaskRows.VALIDATION) : 0;
    return IntStream.range(from, rows.end(TaskRows.VALIDATION)).toArray();
  }

  /**
   * The rows that make the choices, dealt into folds by their images: the folds that choose, or
   * five of the validation rows [folds][rows], ascending; none where there are not two images to
   * deal.
   */
  public int[][] choosingFolds() {
    if (chosenOn() == ChosenOn.CROSS_VALIDATION) {
      return Arrays.stream(choosingTrials())
          .mapToObj(trial -> trials.get(trial).check())
          .toArray(int[][]::new);
    }
    return rows.dealt(choosingRows(), Trial.FOLDS);
  }

  /** The trials whose check rows make the choices: the main one, or every fold. */
  public int[] choosingTrials() {
    return chosenOn() == ChosenOn.VALIDATION ? new int[] {MAIN} : trialsOf(Trial.Role.FOLD);
  }

  private int[] trialsOf(Trial.Role role) {
    return IntStream.range(0, trials.size())
        .filter(trial -> trials.get(trial).role() == role)
        .toArray();
  }

  /** The trial whose neurons vote in the end. */
  public int finalTrial() {
    return Arrays.stream(trialsOf(Trial.Role.FINAL)).findFirst().orElse(MAIN);
  }

  /**
   * Whether a trial's check rows tell what single neurons are worth: the validation rows do, and
   * the folds where there are none.
   */
  public boolean confirms(int trial) {
    return trial == MAIN || rows.size(TaskRows.VALIDATION) == 0;
  }

  /**
   * How many rows, from the first, the neurons of a trial vote on. Those of a fold do not vote on
   * the sets after the validation rows.
   */
  public int votingRows(int trial) {
    return trials.get(trial).role() == Trial.Role.FOLD
        ? rows.end(TaskRows.VALIDATION)
        : rows.size();
  }
}
