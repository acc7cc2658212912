package io.superneurons.jobs;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.SaturationCounter;
import io.superneurons.model.Capture;
import io.superneurons.model.RowOutput;
import io.superneurons.model.SiteNeurons;
import io.superneurons.neuron.ActivationSource;
import io.superneurons.neuron.Neuron;
import io.superneurons.neuron.Prediction;
import io.superneurons.neuron.SuperNeuron;
import io.superneurons.neuron.SuperNeurons;
import io.superneurons.neuron.TaskSuperNeurons;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which neurons each task reads, and what they say of a row. */
final class LabelPlan implements CapturePlan {
  private final Map<String, TaskSuperNeurons> tasks = new LinkedHashMap<>();
  private final SortedMap<LayerSite, SiteNeurons> neurons;
  private final ActivationCodec codec;

  /**
   * @param superNeurons of every task that occurs in the input
   */
  LabelPlan(SuperNeurons superNeurons) {
    superNeurons.tasks().forEach(task -> tasks.put(task.task(), task));
    neurons = neurons(superNeurons);
    codec = new ActivationCodec(superNeurons.storeDType());
  }

  /** Those of all tasks: a row's values do not depend on what other rows of its batch ask. */
  private static SortedMap<LayerSite, SiteNeurons> neurons(SuperNeurons superNeurons) {
    SortedMap<LayerSite, SortedSet<Integer>> indices = new TreeMap<>();
    for (TaskSuperNeurons task : superNeurons.tasks()) {
      for (SuperNeuron superNeuron : task.neurons()) {
        Neuron neuron = superNeuron.neuron();
        indices.computeIfAbsent(neuron.layerSite(), column -> new TreeSet<>()).add(neuron.index());
      }
    }
    SortedMap<LayerSite, SiteNeurons> neurons = new TreeMap<>();
    indices.forEach((column, some) -> neurons.put(column, SiteNeurons.of(some)));
    return neurons;
  }

  TaskSuperNeurons task(String name) {
    return tasks.get(name);
  }

  /** The neurons of the columns that the tasks of these rows need, and no deeper layer. */
  @Override
  public Capture of(List<ManifestRow> batch) {
    Map<LayerSite, SiteNeurons> wanted = new TreeMap<>();
    batch.stream()
        .map(ManifestRow::task)
        .distinct()
        .flatMap(task -> tasks.get(task).neurons().stream())
        .map(superNeuron -> superNeuron.neuron().layerSite())
        .forEach(column -> wanted.put(column, neurons.get(column)));
    return Capture.ofNeurons(wanted);
  }

  /** The row with its task's question where it has none. */
  ManifestRow withQuestion(ManifestRow row) {
    TaskSuperNeurons task = tasks.get(row.task());
    return row.question() != null || task == null
        ? row
        : row.withQuestion(task.question().orElse(null));
  }

  /** The vote of the row's task. */
  Prediction classify(ManifestRow row, ActivationSource activations) {
    return tasks.get(row.task()).classify(activations);
  }

  /**
   * A row's activations, rounded as the probing set's were when they were stored, so that a row
   * gives what it gave there.
   */
  ActivationSource activations(RowOutput output) {
    Map<LayerSite, float[]> stored = new TreeMap<>();
    return neuron ->
        stored
            .computeIfAbsent(
                neuron.layerSite(), column -> rounded(output.activations().get(column)))[
            neurons.get(neuron.layerSite()).position(neuron.index())];
  }

  private float[] rounded(float[] values) {
    return codec.decode(codec.encode(values, new SaturationCounter()));
  }
}
