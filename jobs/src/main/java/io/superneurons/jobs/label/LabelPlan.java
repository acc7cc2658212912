package io.superneurons.jobs.label;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.SaturationCounter;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.pass.CapturePlan;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.Stop;
import io.superneurons.neuron.cascade.AnswerMatcher;
import io.superneurons.neuron.cascade.Calibration;
import io.superneurons.neuron.cascade.TaskCascade;
import io.superneurons.neuron.chosen.ActivationSource;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which neurons each task reads, how far down its rows go, and what decides each row. A row is
 * decided once, in its pass, and its decision kept until the row is written.
 *
 * <p>For one Spark task, whose passes run one after another.
 */
final class LabelPlan implements CapturePlan {
  private final Map<String, TaskCascade> tasks = new LinkedHashMap<>();
  private final SortedMap<LayerSite, SiteNeurons> neurons;
  private final Map<String, AnswerMatcher> matchers = new HashMap<>();
  private final Map<String, List<Calibration>> calibrations = new HashMap<>(); // of each level
  private final ActivationCodec codec;
  private final int maxNewTokens;

  /** By the row object: two rows of the same values are two rows. */
  private final Map<ManifestRow, Decided> decided = new IdentityHashMap<>();

  /**
   * What decides a row.
   *
   * @param cascade of the row's task
   * @param decision the level that decides it, and that level's votes
   * @param calibration of that level's margins; nothing where no held-out rows tell
   * @param activations of the row, rounded as those of the probing rows were when they were stored,
   *     so that a row gets here what it would get there
   */
  record Decided(
      TaskCascade cascade,
      TaskCascade.Decision decision,
      Optional<Calibration> calibration,
      ActivationSource activations) {
    TaskSuperNeurons task() {
      return cascade.task();
    }

    /** The level whose votes count. */
    Level level() {
      return cascade.levels().get(decision.level());
    }
  }

  /**
   * @param superNeurons those of every task that occurs in the input
   * @param settings what becomes of rows whose votes are too close
   */
  LabelPlan(SuperNeurons superNeurons, CascadeSettings settings) {
    for (TaskSuperNeurons task : superNeurons.tasks()) {
      tasks.put(task.task(), settings.cascade(task));
      matchers.put(task.task(), new AnswerMatcher(task.labels()));
      calibrations.put(task.task(), calibrations(task));
    }
    neurons = neurons(tasks.values());
    codec = new ActivationCodec(superNeurons.storeDType());
    maxNewTokens = settings.maxNewTokens();
  }

  /** One per level; none where no held-out rows tell. */
  private static List<Calibration> calibrations(TaskSuperNeurons task) {
    return task.cascade()
        .heldOut()
        .map(
            rows ->
                IntStream.range(0, rows.levels())
                    .mapToObj(level -> Calibration.of(rows, level))
                    .toList())
        .orElse(List.of());
  }

  /**
   * Those of all tasks, so that a row's values do not depend on which tasks the other rows of its
   * batch are of.
   */
  private static SortedMap<LayerSite, SiteNeurons> neurons(Collection<TaskCascade> tasks) {
    SortedMap<LayerSite, SortedSet<Integer>> indices = new TreeMap<>();
    tasks.stream()
        .flatMap(LabelPlan::neurons)
        .forEach(
            neuron ->
                indices
                    .computeIfAbsent(neuron.layerSite(), column -> new TreeSet<>())
                    .add(neuron.index()));
    SortedMap<LayerSite, SiteNeurons> neurons = new TreeMap<>();
    indices.forEach((column, some) -> neurons.put(column, SiteNeurons.of(some)));
    return neurons;
  }

  /** The neurons of all levels that the task's rows may come to. */
  private static Stream<Neuron> neurons(TaskCascade task) {
    return task.levels().stream()
        .map(Level::neurons)
        .flatMap(List::stream)
        .map(SuperNeuron::neuron);
  }

  /** Captures the columns that the tasks of these rows may need, and no deeper layer. */
  @Override
  public PassPlan plan(List<ManifestRow> batch) {
    List<TaskCascade> ofRows = batch.stream().map(row -> tasks.get(row.task())).toList();
    Map<LayerSite, SiteNeurons> wanted = new TreeMap<>();
    ofRows.stream()
        .distinct()
        .flatMap(LabelPlan::neurons)
        .map(Neuron::layerSite)
        .forEach(column -> wanted.put(column, neurons.get(column)));
    boolean mayAsk = ofRows.stream().anyMatch(TaskCascade::mayAsk);
    Capture capture = Capture.ofNeurons(wanted, mayAsk ? maxNewTokens : 0);
    return new PassPlan(
        capture, (row, reached, captured) -> next(batch.get(row), reached, captured));
  }

  private Stop next(
      ManifestRow row, Optional<ModelLayer> reached, SortedMap<LayerSite, float[]> captured) {
    TaskCascade task = tasks.get(row.task());
    if (reached.isPresent()) {
      ActivationSource activations = activations(captured);
      Optional<TaskCascade.Decision> decision = task.decision(reached.get(), activations);
      if (decision.isPresent()) {
        List<Calibration> levels = calibrations.get(row.task());
        Optional<Calibration> calibration =
            levels.isEmpty() ? Optional.empty() : Optional.of(levels.get(decision.get().level()));
        decided.put(row, new Decided(task, decision.get(), calibration, activations));
        return decision.get().unsure() ? Stop.ANSWER : Stop.LEAVE;
      }
    }
    return Stop.at(task.layerAfter(reached).orElseThrow());
  }

  /**
   * Takes the decision of a row that went through a pass. Every row is to be taken once, so that
   * none is kept longer than its batch.
   *
   * @param row the object that was planned for
   * @return nothing for a row that failed before it was decided
   */
  Optional<Decided> take(ManifestRow row) {
    return Optional.ofNullable(decided.remove(row));
  }

  /** The row, with its task's question if it has none of its own. */
  ManifestRow withQuestion(ManifestRow row) {
    TaskCascade task = tasks.get(row.task());
    return row.question() != null || task == null
        ? row
        : row.withQuestion(task.task().question().orElse(null));
  }

  /**
   * The index of the label that the model's answer to a row means, or {@link
   * io.superneurons.neuron.statistics.Confusion#NO_LABEL}.
   *
   * @param answer null if the model was not asked
   */
  int labelOf(ManifestRow row, String answer) {
    return matchers.get(row.task()).match(answer);
  }

  private ActivationSource activations(SortedMap<LayerSite, float[]> captured) {
    Map<LayerSite, float[]> stored = new TreeMap<>();
    return neuron ->
        stored
            .computeIfAbsent(neuron.layerSite(), column -> rounded(captured.get(column)))[
            neurons.get(neuron.layerSite()).position(neuron.index())];
  }

  private float[] rounded(float[] values) {
    return codec.decode(codec.encode(values, new SaturationCounter()));
  }
}
