package io.superneurons.jobs.label;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.SaturationCounter;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.pass.CapturePlan;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.Descent;
import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.pass.Stop;
import io.superneurons.neuron.cascade.AnswerMatcher;
import io.superneurons.neuron.cascade.TaskCascade;
import io.superneurons.neuron.chosen.ActivationSource;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which neurons each task reads, how far down its rows go, and what the neurons say of a row. */
final class LabelPlan implements CapturePlan {
  private final Map<String, TaskCascade> tasks = new LinkedHashMap<>();
  private final SortedMap<LayerSite, SiteNeurons> neurons;
  private final Map<String, AnswerMatcher> matchers = new HashMap<>();
  private final ActivationCodec codec;
  private final int maxNewTokens;

  /**
   * @param superNeurons of every task that occurs in the input
   * @param settings of the cascade
   */
  LabelPlan(SuperNeurons superNeurons, CascadeSettings settings) {
    for (TaskSuperNeurons task : superNeurons.tasks()) {
      tasks.put(task.task(), settings.of(task));
      matchers.put(task.task(), new AnswerMatcher(task.labels()));
    }
    neurons = neurons(tasks.values());
    codec = new ActivationCodec(superNeurons.storeDType());
    maxNewTokens = settings.maxNewTokens();
  }

  /** Those of all tasks: a row's values do not depend on what other rows of its batch ask. */
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

  /** Those of all levels that the task's rows may come to. */
  private static Stream<Neuron> neurons(TaskCascade task) {
    return task.levels().stream()
        .map(Level::neurons)
        .flatMap(List::stream)
        .map(SuperNeuron::neuron);
  }

  /** How the rows of a task go down. */
  TaskCascade task(String name) {
    return tasks.get(name);
  }

  /** The neurons of the columns that the tasks of these rows may need, and no deeper layer. */
  @Override
  public PassPlan of(List<ManifestRow> batch) {
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
        capture, (row, reached, captured) -> next(ofRows.get(row), reached, captured));
  }

  private Stop next(TaskCascade task, int reached, SortedMap<LayerSite, float[]> captured) {
    Optional<TaskCascade.Decision> decision =
        reached == Descent.NONE ? Optional.empty() : task.decision(reached, activations(captured));
    if (decision.isPresent()) {
      return decision.get().unsure() ? Stop.ANSWER : Stop.LEAVE;
    }
    return Stop.at(task.layerAfter(reached).orElseThrow());
  }

  /** The row with its task's question where it has none. */
  ManifestRow withQuestion(ManifestRow row) {
    TaskCascade task = tasks.get(row.task());
    return row.question() != null || task == null
        ? row
        : row.withQuestion(task.task().question().orElse(null));
  }

  /** What decides a row that has gone as far down as it is to. */
  TaskCascade.Decision decision(ManifestRow row, ActivationSource activations) {
    return tasks.get(row.task()).decision(Integer.MAX_VALUE, activations).orElseThrow();
  }

  /**
   * The index of the label that the model's answer to a row means, or {@link Confusion#NO_LABEL}.
   *
   * @param answer null if the model was not asked
   */
  int labelOf(ManifestRow row, String answer) {
    return matchers.get(row.task()).match(answer);
  }

  /**
   * A row's activations, rounded as the probing set's were when they were stored, so that a row
   * gives what it gave there.
   */
  ActivationSource activations(RowOutput output) {
    return activations(output.activations());
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
