package io.superneurons.jobs;

import io.superneurons.neuron.ActivationSource;
import io.superneurons.neuron.TaskSums;
import io.superneurons.neuron.TaskSuperNeurons;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What label did with the rows of one task.
 *
 * @param exits rows by source and exit layer, see {@link #exit}
 * @param sums of labels and of what the task's neurons did
 */
record LabelCounts(Map<String, Long> exits, TaskSums sums) implements Serializable {
  /** What rows that got no label are counted as; no label is empty. */
  static final String NONE = "";

  /** Of no rows, to add to. */
  static LabelCounts none(TaskSuperNeurons task) {
    return new LabelCounts(new TreeMap<>(), TaskSums.none(task));
  }

  /** How rows are decided: {@code super_neurons:1}; without a layer where there was no exit. */
  static String exit(String source, Integer exitLayer) {
    return exitLayer == null ? source : source + ":" + exitLayer;
  }

  /**
   * Counts a row.
   *
   * @param prediction the label it got; null if it got none
   * @param exit see {@link #exit}
   */
  void add(TaskSuperNeurons task, String prediction, String exit, ActivationSource activations) {
    exits.merge(exit, 1L, Long::sum);
    sums.add(prediction == null ? NONE : prediction, task.neurons(), activations);
  }

  private LabelCounts plus(LabelCounts other) {
    Map<String, Long> both = new TreeMap<>(exits);
    other.exits.forEach((exit, rows) -> both.merge(exit, rows, Long::sum));
    TaskSums sum = sums.copy();
    sum.add(other.sums);
    return new LabelCounts(both, sum);
  }

  /** The sums of both, by task. */
  static Map<String, LabelCounts> sum(Map<String, LabelCounts> a, Map<String, LabelCounts> b) {
    Map<String, LabelCounts> sum = new TreeMap<>(a);
    b.forEach((task, counts) -> sum.merge(task, counts, LabelCounts::plus));
    return sum;
  }
}
