package io.superneurons.jobs.select.choose;

import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.statistics.Permutations;
import java.util.List;
import java.util.Optional;

/**
 * Which tasks have more than luck in them, when many are asked: of twenty tasks without anything to
 * find, one has a p-value of 0.05.
 */
public final class FoundTasks {
  private FoundTasks() {}

  /** The outcomes, with the false discovery rate among those that were compared with luck. */
  public static List<Optional<Selected>> among(List<Optional<Selected>> outcomes) {
    double[] pValues =
        outcomes.stream()
            .flatMap(Optional::stream)
            .flatMap(selected -> shuffled(selected).stream())
            .mapToDouble(Permutations::pValue)
            .toArray();
    return outcomes.stream().map(outcome -> outcome.map(own -> among(own, pValues))).toList();
  }

  private static Selected among(Selected selected, double[] pValues) {
    return shuffled(selected).map(found -> selected.with(found.among(pValues))).orElse(selected);
  }

  private static Optional<Permutations> shuffled(Selected selected) {
    TaskSuperNeurons task = selected.superNeurons();
    return task.chosen().permutations();
  }
}
