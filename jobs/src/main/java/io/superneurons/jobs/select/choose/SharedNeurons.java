package io.superneurons.jobs.select.choose;

import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.jobs.results.SharedNeuron;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.score.Rankings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which neurons are among the best of several tasks. */
public final class SharedNeurons {
  /** Neurons of a task that count as its best. */
  private static final int LEADING = 127;

  private SharedNeurons() {}

  /**
   * The neurons that serve several tasks.
   *
   * @param best neurons of all tasks, task by task
   * @return ordered by neuron, then in the order of the tasks
   */
  public static List<SharedNeuron> servingSeveral(List<SharedNeuron> best) {
    Map<Neuron, List<SharedNeuron>> byNeuron = new TreeMap<>();
    for (SharedNeuron one : best) {
      byNeuron.computeIfAbsent(one.neuron(), neuron -> new ArrayList<>()).add(one);
    }
    return byNeuron.values().stream()
        .filter(ofNeuron -> ofNeuron.size() > 1)
        .flatMap(List::stream)
        .toList();
  }

  /** The best neurons of a task. */
  static List<SharedNeuron> best(TaskSuperNeurons task, Rankings rankings) {
    Set<Neuron> selected = new HashSet<>();
    task.neurons().stream().map(SuperNeuron::neuron).forEach(selected::add);
    Map<Neuron, SharedNeuron> best = new HashMap<>();
    Rule rule = task.rule();
    List<Rankings.Place> places = rankings.best(0, rule, ModelLayer.DEEPEST, LEADING);
    for (int i = 0; i < places.size(); i++) {
      Rankings.Place place = places.get(i);
      Neuron neuron = place.candidate().neuron();
      best.putIfAbsent(
          neuron,
          new SharedNeuron(
              neuron,
              task.task(),
              i + 1,
              selected.contains(neuron),
              place.candidate().polarity(),
              place.candidate().fitScore()));
    }
    return List.copyOf(best.values());
  }
}
