package io.superneurons.jobs.label;

import io.superneurons.neuron.cascade.LastResort;
import io.superneurons.neuron.cascade.TaskCascade;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How rows go down that votes are too close for.
 *
 * @param thresholds of the margin by task, as {@link TaskCascade#thresholds()} has them; a task
 *     that is not there decides all of its rows by its own level
 * @param last what decides rows that the deepest level is unsure of
 * @param maxNewTokens longest answer of the model
 */
record CascadeSettings(Map<String, List<Double>> thresholds, LastResort last, int maxNewTokens)
    implements Serializable {
  /** Every task decides all of its rows by its own level. */
  static final CascadeSettings NONE = new CascadeSettings(Map.of(), LastResort.DEEPEST, 0);

  CascadeSettings {
    thresholds = new LinkedHashMap<>(thresholds);
    Objects.requireNonNull(last, "last");
  }

  /** How the task's rows go down. */
  TaskCascade of(TaskSuperNeurons task) {
    List<Double> ofTask = thresholds.get(task.task());
    return ofTask == null ? TaskCascade.none(task) : TaskCascade.of(task, ofTask, last);
  }

  /** Whether the model may be asked, as far as the settings tell. */
  boolean mayAsk() {
    return last == LastResort.MODEL && !thresholds.isEmpty();
  }

  /** What changes results, for the settings of a run; empty without a cascade. */
  Map<String, Object> toMap() {
    return thresholds.isEmpty()
        ? Map.of()
        : Map.of(
            "thresholds", thresholds, "last_resort", last.label(), "max_new_tokens", maxNewTokens);
  }
}
