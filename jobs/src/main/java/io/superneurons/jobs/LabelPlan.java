package io.superneurons.jobs;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.SaturationCounter;
import io.superneurons.model.Capture;
import io.superneurons.model.RowOutput;
import io.superneurons.neuron.Prediction;
import io.superneurons.neuron.SuperNeurons;
import io.superneurons.neuron.TaskSuperNeurons;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which neurons each task reads, and what they say of a row. */
final class LabelPlan implements CapturePlan {
  private final Map<String, TaskSuperNeurons> tasks = new LinkedHashMap<>();
  private final ActivationCodec codec;

  /**
   * @param superNeurons of every task that occurs in the input
   */
  LabelPlan(SuperNeurons superNeurons) {
    superNeurons.tasks().forEach(task -> tasks.put(task.task(), task));
    codec = new ActivationCodec(superNeurons.storeDType());
  }

  TaskSuperNeurons task(String name) {
    return tasks.get(name);
  }

  /** The columns that the tasks of these rows need, and no deeper layer. */
  @Override
  public Capture of(List<ManifestRow> batch) {
    TreeSet<LayerSite> columns = new TreeSet<>();
    batch.stream()
        .map(ManifestRow::task)
        .distinct()
        .forEach(
            task -> tasks.get(task).neurons().forEach(n -> columns.add(n.neuron().layerSite())));
    return Capture.of(columns);
  }

  /** The row with its task's question where it has none. */
  ManifestRow withQuestion(ManifestRow row) {
    TaskSuperNeurons task = tasks.get(row.task());
    return row.question() != null || task == null
        ? row
        : row.withQuestion(task.question().orElse(null));
  }

  /**
   * The vote of the row's task. Activations are rounded as the probing set's were when they were
   * stored, so that a row gives what it gave there.
   */
  Prediction classify(ManifestRow row, RowOutput output) {
    Map<LayerSite, float[]> stored = new TreeMap<>();
    return tasks
        .get(row.task())
        .classify(
            neuron ->
                stored
                    .computeIfAbsent(
                        neuron.layerSite(), column -> rounded(output.activations().get(column)))[
                    neuron.index()]);
  }

  private float[] rounded(float[] values) {
    return codec.decode(codec.encode(values, new SaturationCounter()));
  }
}
