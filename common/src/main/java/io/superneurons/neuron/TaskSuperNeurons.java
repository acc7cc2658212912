package io.superneurons.neuron;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Super Neurons of one task.
 *
 * @param task its name
 * @param question what every probing row asked, if they all asked the same
 * @param labels sorted; ties between them resolve to the earlier
 * @param level the chosen neurons
 * @param cascade where rows can go that these neurons are unsure of
 * @param bestAnywhere the best choice whatever its exit layer costs, where that was looked for
 * @param metric what neurons were ranked and choices were made by
 * @param chosenOn which rows made the choices
 * @param metrics of the level, by set ({@code probe}, {@code validation}, {@code test}, ...), then
 *     by metric
 * @param baselines by method, set and metric, on the same rows
 */
public record TaskSuperNeurons(
    String task,
    Optional<String> question,
    List<String> labels,
    Level level,
    Cascade cascade,
    Optional<Level> bestAnywhere,
    Metric metric,
    ChosenOn chosenOn,
    Map<String, Map<String, Double>> metrics,
    Map<String, Map<String, Map<String, Double>>> baselines) {
  public TaskSuperNeurons {
    labels = List.copyOf(labels);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
    Objects.requireNonNull(bestAnywhere, "best_anywhere");
    if (labels.size() < 2) {
      throw new IllegalArgumentException("Task " + task + " needs two labels");
    }
    requireDeeper(task, level, cascade);
  }

  private static void requireDeeper(String task, Level level, Cascade cascade) {
    int before = level.exitLayer();
    for (Level deeper : cascade.deeper()) {
      if (deeper.exitLayer() <= before) {
        throw new IllegalArgumentException(
            "Task %s has a deeper level that exits after layer %d, which is not after layer %d"
                .formatted(task, deeper.exitLayer(), before));
      }
      before = deeper.exitLayer();
    }
  }

  /** The task's own level, then those of the cascade; exit layers ascend. */
  public List<Level> levels() {
    return Stream.concat(Stream.of(level), cascade.deeper().stream()).toList();
  }

  /** The exit layer of the task's own level. */
  public int exitLayer() {
    return level.exitLayer();
  }

  /** The neurons of the task's own level, best first. */
  public List<SuperNeuron> neurons() {
    return level.neurons();
  }

  /** The rule that the neurons of the task's own level share. */
  public Rule rule() {
    return level.rule();
  }

  /** How votes weigh in the task's own level. */
  public Voting voting() {
    return level.voting();
  }

  /** Classifies one row by the votes of the task's own level. */
  public Prediction classify(ActivationSource activations) {
    return level.classify(labels, activations);
  }
}
