package io.superneurons.jobs.select.choose;

import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.Shard;
import io.superneurons.jobs.select.scan.ShardPlan;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.neuron.choose.Chooser;
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
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Repeats the whole selection on shuffled labels. To the scan a shuffling is one more task on the
 * same rows, so many are scored in one look at the activations.
 */
public final class Shufflings {
  /** Tasks that are scored in one scan, unless there are more anyway: bounds what is gathered. */
  private static final int AT_ONCE = 64;

  private final JavaSparkContext context;
  private final SelectSettings settings;
  private final ScanPlan work;
  private final List<OpenTask> tasks;
  private final List<LayerSite> columns;

  /**
   * @param tasks those of the scan, in its order
   * @param columns those whose neurons may be selected
   */
  public Shufflings(
      JavaSparkContext context,
      SelectSettings settings,
      ScanPlan work,
      List<OpenTask> tasks,
      List<LayerSite> columns) {
    this.context = context;
    this.settings = settings;
    this.work = work;
    this.tasks = List.copyOf(tasks);
    this.columns = columns;
  }

  /** The tasks with what their shufflings come to; as they are where none were asked for. */
  public List<OpenTask> run() {
    List<List<Permutations.Run>> runs = new ArrayList<>();
    tasks.forEach(task -> runs.add(new ArrayList<>()));
    int step = Math.max(1, AT_ONCE / tasks.size());
    for (int from = 0; from < settings.permutations(); from += step) {
      int to = Math.min(settings.permutations(), from + step);
      List<Permutations.Run> batch = batch(from, to);
      for (int i = 0; i < batch.size(); i++) {
        runs.get(i % runs.size()).add(batch.get(i));
      }
    }
    return IntStream.range(0, tasks.size())
        .mapToObj(task -> tasks.get(task).with(runs.get(task)))
        .toList();
  }

  /** What some shufflings come to, ordered by shuffling, then by task. */
  private List<Permutations.Run> batch(int from, int to) {
    List<OpenTask> shuffled = new ArrayList<>();
    for (int shuffling = from; shuffling < to; shuffling++) {
      for (OpenTask task : tasks) {
        shuffled.add(task.with(shuffled(task.plan(), settings.seed() + 1 + shuffling)));
      }
    }
    ScanPlan scan = work.withTasks(shuffled.stream().map(OpenTask::placed).toList());
    List<Shard> shards =
        ShardPlan.of(columns, scan, settings.shardBytes(), context.defaultParallelism());
    List<Permutations.Run> runs = new ArrayList<>();
    try (Scans scans = new Scans(context, settings, scan, shards)) {
      for (TaskBatch batch : TaskBatch.plan(shuffled, scan.kept(), shards, settings.shardBytes())) {
        runs.addAll(runs(scans, batch));
      }
    }
    return runs;
  }

  private static List<Permutations.Run> runs(Scans all, TaskBatch batch) {
    try (BatchScans scans = all.of(batch)) {
      List<BatchScans.Search> found = scans.search();
      return IntStream.range(0, found.size())
          .parallel()
          .mapToObj(i -> run(batch.tasks().get(i), found.get(i)))
          .toList();
    }
  }

  private static Permutations.Run run(OpenTask task, BatchScans.Search found) {
    return new Chooser(task.plan(), found.rankings(), found.ballots()).run(task.space());
  }

  /** Nothing is fitted in the end: it is the choice that counts. */
  private TaskPlan shuffled(TaskPlan plan, long seed) {
    TaskRows rows = new LabelShuffle(plan.rows()).shuffled(seed);
    List<Rule> rules = plan.slots().stream().map(Slot::rule).distinct().toList();
    Scheme scheme = new Scheme(Optional.of(plan.chosenOn()), FittedOn.PROBE, settings.seed());
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
