package io.superneurons.neuron;

import io.superneurons.neuron.chosen.Cascade;
import io.superneurons.neuron.chosen.Chosen;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.statistics.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tasks for tests: chosen by accuracy on validation rows, with nothing measured. */
public final class TaskFixture {
  private TaskFixture() {}

  /** A task that always exits at the same level. */
  public static TaskSuperNeurons task(String name, List<String> labels, Level level) {
    return task(name, labels, level, Cascade.NONE);
  }

  /** A task with levels to go on to. */
  public static TaskSuperNeurons task(
      String name, List<String> labels, Level level, Cascade cascade) {
    return new TaskSuperNeurons(
        name,
        Optional.empty(),
        labels,
        level,
        cascade,
        Optional.empty(),
        Metric.ACCURACY,
        Chosen.on(ChosenOn.VALIDATION),
        Map.of(),
        Map.of(),
        Optional.empty());
  }
}
