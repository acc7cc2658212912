package io.superneurons.jobs.wave;

import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.chosen.ActivationSource;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.drift.TaskSums;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What label did with the rows of one task.
 *
 * @param exits rows by source and exit layer, see {@link #exit}
 * @param given rows that came with a label: {@value #RIGHT} where they got it, {@value #WRONG}
 *     where they got another, {@value #UNDECIDED} where they got none
 * @param sums sums of labels and of what the task's neurons did
 */
public record LabelCounts(Map<String, Long> exits, Map<String, Long> given, TaskSums sums)
    implements Serializable {
  /** The label that rows without one count as; a task's own labels are not empty. */
  static final String NONE = "";

  private static final String RIGHT = "right";
  private static final String WRONG = "wrong";
  private static final String UNDECIDED = "undecided";

  public LabelCounts {
    given = given == null ? Map.of() : given; // files of earlier versions
  }

  /** Counts of no rows, to add to. */
  public static LabelCounts none(TaskSuperNeurons task) {
    return new LabelCounts(new TreeMap<>(), new TreeMap<>(), TaskSums.none(task));
  }

  /**
   * How a row is decided, such as {@code super_neurons:1}, or {@code super_neurons:v1} within the
   * vision tower; without a layer if all layers ran.
   */
  public static String exit(String source, ModelLayer exitLayer) {
    return exitLayer == null ? source : source + ":" + exitLayer.name();
  }

  /**
   * Counts a row.
   *
   * @param label the label that it came with; null if it came with none
   * @param prediction the label that it got; null if it got none
   * @param exit how it was decided, see {@link #exit}
   * @param activations of the row, at least those of the task's own level
   */
  public void add(
      TaskSuperNeurons task,
      String label,
      String prediction,
      String exit,
      ActivationSource activations) {
    if (label != null) {
      given.merge(judged(label, prediction), 1L, Long::sum);
    }
    exits.merge(exit, 1L, Long::sum);
    sums.add(prediction == null ? NONE : prediction, task.neurons(), activations);
  }

  private static String judged(String label, String prediction) {
    if (prediction == null) {
      return UNDECIDED;
    }
    return label.equals(prediction) ? RIGHT : WRONG;
  }

  private LabelCounts plus(LabelCounts other) {
    TaskSums sum = sums.copy();
    sum.add(other.sums);
    return new LabelCounts(
        RowCounts.sum(new TreeMap<>(), exits, other.exits),
        RowCounts.sum(new TreeMap<>(), given, other.given),
        sum);
  }

  /** How many rows got the label that they came with. */
  public long right() {
    return given.getOrDefault(RIGHT, 0L);
  }

  /** How many rows came with a label, whatever they got. */
  public long labelled() {
    return given.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many rows got no label, whether they came with one or not. */
  public long undecided() {
    return sums.profile().labels().getOrDefault(NONE, 0L);
  }

  /** The sum of both, task by task. */
  static Map<String, LabelCounts> sum(Map<String, LabelCounts> a, Map<String, LabelCounts> b) {
    Map<String, LabelCounts> sum = new TreeMap<>(a);
    b.forEach((task, counts) -> sum.merge(task, counts, LabelCounts::plus));
    return sum;
  }
}
