package io.superneurons.jobs.results;

import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.util.Locale;
import java.util.Optional;

/** Whether rows of a task can have the margin that they need for a label. */
public final class Reach {
  private Reach() {}

  /** What to tell of a task whose own Super Neurons leave every row undecided. */
  public static Optional<String> none(TaskSuperNeurons task) {
    double below = task.chosen().abstainBelow();
    if (below == 0) {
      return Optional.empty();
    }
    double most = task.level().mostMargin(task.labels().size());
    return below <= most
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "NO ROW CAN REACH --abstain %s: margins of this task end at %.3f",
                below,
                most));
  }
}
