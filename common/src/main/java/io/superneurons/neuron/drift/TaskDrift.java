package io.superneurons.neuron.drift;

import io.superneurons.activation.Neuron;
import io.superneurons.neuron.chosen.TaskProfile;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far the Super Neurons of a task are from what they did on the probing rows: whether the
 * images still are of the kind that the neurons were chosen on.
 *
 * @param task its name
 * @param probing what the neurons did on the probing rows; labels are those given
 * @param seen what they did on the rows that are compared; labels are those predicted
 * @param neurons in the task's order
 */
public record TaskDrift(
    String task, TaskProfile probing, TaskProfile seen, List<NeuronDrift> neurons) {
  /** With fewer rows a shift says little: on 30 its standard error is a fifth of a deviation. */
  private static final int FEWEST_ROWS = 30;

  /**
   * Standard errors that no number of rows makes by chance: by Chebyshev's inequality a mean is as
   * far off in at most one of a hundred samples, however the values are spread, and so is the mean
   * of several neurons' distances, however they hang together.
   */
  private static final double EXTREME = 10;

  public TaskDrift {
    neurons = List.copyOf(neurons);
    if (neurons.isEmpty()) {
      throw new IllegalArgumentException("Task " + task + " has no neuron to compare");
    }
  }

  /**
   * Compares what a task's neurons did on some rows with the probing rows.
   *
   * @return nothing if it is not known what the neurons did on the probing rows
   */
  public static Optional<TaskDrift> of(TaskSuperNeurons task, TaskProfile seen) {
    return task.probing().map(probing -> of(task, probing, seen));
  }

  private static TaskDrift of(TaskSuperNeurons task, TaskProfile probing, TaskProfile seen) {
    List<NeuronDrift> neurons = new ArrayList<>();
    for (int i = 0; i < task.neurons().size(); i++) {
      Neuron neuron = task.neurons().get(i).neuron();
      neurons.add(NeuronDrift.of(neuron, probing.neurons().get(i), seen.neurons().get(i)));
    }
    return new TaskDrift(task.task(), probing, seen, neurons);
  }

  /** The mean of the neurons' sizes: what thresholds are held against. */
  public double mean() {
    return neurons.stream().mapToDouble(NeuronDrift::size).average().orElseThrow();
  }

  /** The neuron that is furthest off; the first of equals. */
  public NeuronDrift worst() {
    return neurons.stream().max(Comparator.comparingDouble(NeuronDrift::size)).orElseThrow();
  }

  /**
   * Share of the rows that would have to have another label for the labels to be spread as on the
   * probing rows, from 0 to 1. Not part of the drift: classes come and go while a neuron is sound.
   */
  public double labelChange() {
    Set<String> labels = new TreeSet<>(probing.labels().keySet());
    labels.addAll(seen.labels().keySet());
    double differences = 0;
    for (String label : labels) {
      differences += Math.abs(seen.share(label) - probing.share(label));
    }
    return differences / 2;
  }

  /**
   * Whether means are off by more than luck explains on as few rows as there are. Deviations and
   * votes of few rows tell nothing.
   */
  public boolean isExtreme() {
    double shift =
        neurons.stream().mapToDouble(drift -> Math.abs(drift.shift())).average().orElse(0);
    return shift > EXTREME / Math.sqrt(seen.rows());
  }

  /** Whether there are rows enough to hold thresholds against. */
  public boolean isTelling() {
    return seen.rows() >= FEWEST_ROWS;
  }
}
