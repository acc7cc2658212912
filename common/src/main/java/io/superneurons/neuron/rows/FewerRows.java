package io.superneurons.neuron.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Plans of the same task in which fewer rows fit, and the same rows check and choose as before:
 * what they come to tells what more rows would bring.
 */
public final class FewerRows {
  /** With fewer rows of a label there is nothing to fit. */
  private static final int LEAST_OF_A_LABEL = 2;

  private final TaskPlan plan;

  public FewerRows(TaskPlan plan) {
    this.plan = plan;
  }

  /**
   * A plan whose trials fit on a share of their rows, of each label alike; rows of one image stay
   * together. Rows that fit by a smaller share fit by a larger one too. Nothing is fitted in the
   * end.
   *
   * @param share from 0 to 1
   * @return nothing where a label would have too few rows
   */
  public Optional<TaskPlan> at(double share) {
    List<Trial> trials = new ArrayList<>();
    for (Trial trial : plan.trials()) {
      if (trial.role() != Trial.Role.FINAL) {
        int[] fit = some(trial.fit(), share);
        if (fewestOfALabel(fit) < LEAST_OF_A_LABEL) {
          return Optional.empty();
        }
        trials.add(new Trial(trial.role(), fit, trial.check()));
      }
    }
    return Optional.of(new TaskPlan(plan.rows(), plan.slots(), plan.metric(), trials));
  }

  /** How many rows of each label the choosing trials of a plan fit on, in the mean. */
  public static double rowsPerLabel(TaskPlan plan) {
    return Arrays.stream(plan.choosingTrials())
            .map(trial -> plan.trials().get(trial).fit().length)
            .average()
            .orElseThrow()
        / plan.rows().labels().size();
  }

  /** By the lot of their images, label by label, ascending. */
  private int[] some(int[] rows, double share) {
    List<Integer> kept = new ArrayList<>();
    for (int label = 0; label < plan.rows().labels().size(); label++) {
      int of = label;
      int[] ofLabel =
          Arrays.stream(rows)
              .filter(row -> plan.rows().given()[row] == of)
              .boxed()
              .sorted(Comparator.comparingLong((Integer row) -> lot(row)).thenComparing(row -> row))
              .mapToInt(Integer::intValue)
              .toArray();
      int count = (int) Math.round(share * ofLabel.length);
      Arrays.stream(ofLabel).limit(count).forEach(kept::add);
    }
    return kept.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private long lot(int row) {
    return new SplittableRandom(plan.rows().images()[row]).nextLong();
  }

  private int fewestOfALabel(int[] rows) {
    int[] counts = new int[plan.rows().labels().size()];
    for (int row : rows) {
      counts[plan.rows().given()[row]]++;
    }
    return Arrays.stream(counts).min().orElse(0);
  }
}
