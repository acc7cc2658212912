package io.superneurons.export;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Neuron;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Which neurons' values are exported of a row, by its task.
 *
 * @param byTask neurons of some tasks
 * @param ofOthers neurons of all other tasks
 */
record NeuronPlan(Map<String, List<ColumnNeurons>> byTask, List<ColumnNeurons> ofOthers)
    implements Serializable {
  NeuronPlan {
    byTask = Map.copyOf(byTask);
    ofOthers = List.copyOf(ofOthers);
  }

  /** Every neuron of some columns, for every task. */
  static NeuronPlan ofAll(ActivationLayout layout, Predicate<LayerSite> wanted) {
    List<ColumnNeurons> columns =
        layout.columns().stream()
            .filter(wanted)
            .map(c -> new ColumnNeurons(c, IntStream.range(0, layout.width(c)).toArray()))
            .toList();
    return new NeuronPlan(Map.of(), columns);
  }

  /** The neurons of each task, and none of others. */
  static NeuronPlan of(Map<String, ? extends Collection<Neuron>> neurons) {
    Map<String, List<ColumnNeurons>> byTask = new HashMap<>();
    neurons.forEach((task, ofTask) -> byTask.put(task, columns(ofTask)));
    return new NeuronPlan(byTask, List.of());
  }

  private static List<ColumnNeurons> columns(Collection<Neuron> neurons) {
    Map<LayerSite, SortedSet<Integer>> indexes = new TreeMap<>();
    for (Neuron neuron : neurons) {
      indexes.computeIfAbsent(neuron.layerSite(), c -> new TreeSet<>()).add(neuron.index());
    }
    return indexes.entrySet().stream()
        .map(
            column ->
                new ColumnNeurons(
                    column.getKey(),
                    column.getValue().stream().mapToInt(Integer::intValue).toArray()))
        .toList();
  }

  /** What to take of a row of that task. */
  List<ColumnNeurons> of(String task) {
    return byTask.getOrDefault(task, ofOthers);
  }

  /** How many values a row of that task gives. */
  long count(String task) {
    return of(task).stream().mapToLong(column -> column.indexes().length).sum();
  }

  /** The columns that must be read, in their order. */
  SortedSet<LayerSite> places() {
    SortedSet<LayerSite> places = new TreeSet<>();
    byTask.values().forEach(columns -> columns.forEach(c -> places.add(c.place())));
    ofOthers.forEach(column -> places.add(column.place()));
    return places;
  }
}
