package io.superneurons.neuron.chosen;

import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.statistics.Permutations;
import io.superneurons.neuron.vote.Voting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Super Neurons of one task.
 *
 * @param task its name
 * @param question what every probing row asked, if they all asked the same
 * @param labels sorted
 * @param level the chosen neurons
 * @param cascade where those rows can go that these neurons are unsure of
 * @param bestAnywhere the best choice whatever its exit layer costs, where that was looked for
 * @param metric what neurons were ranked and choices were made by
 * @param chosen how the level was chosen
 * @param metrics of the level, by set ({@code probe}, {@code validation}, {@code test}, ...), then
 *     by metric
 * @param baselines by method, set and metric, on the same rows
 * @param probing what the level's neurons did on the probing rows, and their labels; not known of
 *     files of earlier versions
 */
public record TaskSuperNeurons(
    String task,
    Optional<String> question,
    List<String> labels,
    Level level,
    Cascade cascade,
    Optional<Level> bestAnywhere,
    Metric metric,
    Chosen chosen,
    Map<String, Map<String, Double>> metrics,
    Map<String, Map<String, Map<String, Double>>> baselines,
    Optional<TaskProfile> probing) {
  public TaskSuperNeurons {
    labels = List.copyOf(labels);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
    Objects.requireNonNull(chosen, "chosen");
    Objects.requireNonNull(bestAnywhere, "best_anywhere");
    if (labels.size() < 2) {
      throw new IllegalArgumentException("Task " + task + " needs two labels");
    }
    requireDeeper(task, level, cascade);
    if (probing.isPresent()) {
      requireOf(task, labels, level, probing.get());
    }
  }

  private static void requireDeeper(String task, Level level, Cascade cascade) {
    ModelLayer before = level.exitLayer();
    for (Level deeper : cascade.deeper()) {
      if (deeper.exitLayer().compareTo(before) <= 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Task %s has a deeper level that exits after %s, which is not after %s",
                task,
                deeper.exitLayer(),
                before));
      }
      before = deeper.exitLayer();
    }
  }

  private static void requireOf(
      String task, List<String> labels, Level level, TaskProfile probing) {
    boolean fits =
        probing.neurons().size() == level.neurons().size()
            && probing.neurons().stream().allMatch(n -> n.firingRates().size() == labels.size());
    if (!fits || !probing.labels().keySet().equals(Set.copyOf(labels)) || probing.rows() == 0) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "Task %s needs mean, deviation and one firing rate per label for each of its"
                      + " neurons, and",
                  task)
              + " the number of rows of each label, all on the probing rows");
    }
  }

  /** The same, with what its neurons did on the probing rows. */
  public TaskSuperNeurons withProbing(TaskProfile profile) {
    return with(chosen, Optional.of(profile));
  }

  /** The same, compared with shuffled labels in another way. */
  public TaskSuperNeurons with(Permutations permutations) {
    return with(chosen.with(permutations), probing);
  }

  /** The same with another exit plan, such as one of several sizes of images. */
  public TaskSuperNeurons withExitPlan(List<ExitPoint> plan) {
    return with(chosen.with(plan), probing);
  }

  /** The same with another margin below which rows are undecided. */
  public TaskSuperNeurons abstaining(double below) {
    return with(chosen.abstaining(below), probing);
  }

  private TaskSuperNeurons with(Chosen how, Optional<TaskProfile> profile) {
    return new TaskSuperNeurons(
        task,
        question,
        labels,
        level,
        cascade,
        bestAnywhere,
        metric,
        how,
        metrics,
        baselines,
        profile);
  }

  /** The task's own level, then those of the cascade; exit layers ascend. */
  public List<Level> levels() {
    return Stream.concat(Stream.of(level), cascade.deeper().stream()).toList();
  }

  /** The exit layer of the task's own level. */
  public ModelLayer exitLayer() {
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

  /** The label of a prediction; none where no neuron voted, or the votes are too close for one. */
  public Optional<String> answer(Prediction prediction) {
    return prediction.margin() < chosen.abstainBelow() ? Optional.empty() : prediction.label();
  }

  /**
   * Classifies one row by the votes of the task's own level, as every row is where there is no
   * cascade.
   */
  public Prediction classify(ActivationSource activations) {
    return level.classify(labels, activations);
  }
}
