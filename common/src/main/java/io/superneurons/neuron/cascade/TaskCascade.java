package io.superneurons.neuron.cascade;

import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.chosen.ActivationSource;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.Prediction;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How the rows of a task go down: from level to level while their votes are too close, and at last
 * to the model where that is the last resort.
 *
 * @param task whose rows they are
 * @param levels that rows may come to, starting with the task's own
 * @param thresholds rows whose margin is below a level's go on; of every level but the deepest, and
 *     of that one too where the model is the last resort
 * @param last what decides rows that the deepest level is unsure of
 */
public record TaskCascade(
    TaskSuperNeurons task, List<Level> levels, List<Double> thresholds, LastResort last) {
  public TaskCascade {
    Objects.requireNonNull(task, "task");
    levels = List.copyOf(levels);
    thresholds = List.copyOf(thresholds);
    if (levels.isEmpty() || thresholds.size() != levels.size() - (asks(last) ? 0 : 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d thresholds are not those of %d levels with last resort %s",
              thresholds.size(),
              levels.size(),
              last.label()));
    }
  }

  private static boolean asks(LastResort last) {
    return last == LastResort.MODEL;
  }

  /**
   * What decides a row.
   *
   * @param level index of the level whose votes count
   * @param prediction of that level
   * @param unsure whether even the deepest level was, so that the model is to be asked
   */
  public record Decision(int level, Prediction prediction, boolean unsure) {}

  /** Every row is decided by the task's own level. */
  public static TaskCascade none(TaskSuperNeurons task) {
    return new TaskCascade(task, List.of(task.level()), List.of(), LastResort.DEEPEST);
  }

  /**
   * A cascade with one threshold per level. Levels that no row can come to are left out, and so is
   * the model if no row can come to it.
   *
   * @param thresholds see {@link #thresholds()}
   */
  public static TaskCascade of(TaskSuperNeurons task, List<Double> thresholds, LastResort last) {
    for (int level = 0; level < thresholds.size(); level++) {
      if (thresholds.get(level) <= 0) {
        return new TaskCascade(
            task,
            task.levels().subList(0, level + 1),
            thresholds.subList(0, level),
            LastResort.DEEPEST);
      }
    }
    return new TaskCascade(task, task.levels(), thresholds, last);
  }

  /** Whether the model may be asked. */
  public boolean mayAsk() {
    return asks(last);
  }

  /** The exit layer of the deepest level that rows may come to. */
  public ModelLayer deepestLayer() {
    return levels.get(levels.size() - 1).exitLayer();
  }

  /**
   * The next layer to run to after a layer: what the first level needs that the layers so far do
   * not suffice for. Empty if they suffice for all.
   *
   * @param layer empty before the first one
   */
  public Optional<ModelLayer> layerAfter(Optional<ModelLayer> layer) {
    return levels.stream()
        .map(Level::deepestNeuron)
        .filter(needed -> layer.isEmpty() || needed.compareTo(layer.get()) > 0)
        .findFirst();
  }

  private static boolean suffices(ModelLayer reached, Level level) {
    return level.deepestNeuron().compareTo(reached) <= 0;
  }

  /**
   * What decides a row that has come to a layer.
   *
   * @param reached the layer; activations of later ones are not looked at
   * @return nothing if the row is to go on to a deeper level
   */
  public Optional<Decision> decision(ModelLayer reached, ActivationSource activations) {
    for (int i = 0; i < levels.size() && suffices(reached, levels.get(i)); i++) {
      Prediction prediction = levels.get(i).classify(task.labels(), activations);
      boolean sure = i >= thresholds.size() || prediction.margin() >= thresholds.get(i);
      if (sure || i == levels.size() - 1) {
        return Optional.of(new Decision(i, prediction, !sure));
      }
    }
    return Optional.empty();
  }
}
