package io.superneurons.jobs.select.choose;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.LabelShuffle;
import io.superneurons.neuron.rows.Scheme;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.rule.Slot;
import io.superneurons.neuron.statistics.Permutations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Repeats the whole selection on shuffled labels. */
public final class Shufflings {
  private final Searches searches;
  private final List<OpenTask> tasks;

  /**
   * @param tasks those of the scan, in its order
   */
  public Shufflings(Searches searches, List<OpenTask> tasks) {
    this.searches = searches;
    this.tasks = List.copyOf(tasks);
  }

  /** The tasks with what their shufflings come to; as they are where none were asked for. */
  public List<OpenTask> run() {
    List<OpenTask> shuffled = new ArrayList<>();
    for (int shuffling = 0; shuffling < searches.settings().permutations(); shuffling++) {
      for (OpenTask task : tasks) {
        shuffled.add(task.with(shuffled(task.plan(), seed() + 1 + shuffling)));
      }
    }
    List<Permutations.Run> runs =
        searches.run(shuffled, (task, searched) -> searched.chooser().run(task.space()));
    return IntStream.range(0, tasks.size())
        .mapToObj(task -> tasks.get(task).with(ofTask(runs, task)))
        .toList();
  }

  /** Runs are ordered by shuffling, then by task. */
  private List<Permutations.Run> ofTask(List<Permutations.Run> runs, int task) {
    return IntStream.range(0, runs.size())
        .filter(run -> run % tasks.size() == task)
        .mapToObj(runs::get)
        .toList();
  }

  private long seed() {
    return searches.settings().seed();
  }

  /** Nothing is fitted in the end: it is the choice that counts. */
  private TaskPlan shuffled(TaskPlan plan, long seed) {
    TaskRows rows = new LabelShuffle(plan.rows()).shuffled(seed);
    List<Rule> rules = plan.slots().stream().map(Slot::rule).distinct().toList();
    Scheme scheme = new Scheme(Optional.of(plan.chosenOn()), FittedOn.PROBE, seed());
    try {
      return TaskPlan.of(rows, rules, plan.metric(), scheme);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT, "--permutations: task '%s' shuffled: %s", rows.task(), e.getMessage()),
          e);
    }
  }
}
