package io.superneurons.jobs.select.choose;

import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.Shard;
import io.superneurons.jobs.select.scan.ShardPlan;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.neuron.choose.Chooser;
import io.superneurons.neuron.statistics.Discoveries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Searches the same rows again as other tasks, such as with shuffled labels: to the scan each is
 * one more task, so many are scored in one look at the activations.
 *
 * @param work the scan of the tasks themselves
 * @param columns those whose neurons may be selected
 */
public record Searches(
    JavaSparkContext context, SelectSettings settings, ScanPlan work, List<LayerSite> columns) {
  /** Tasks that are scored in one scan, unless there are more anyway: bounds what is gathered. */
  static final int AT_ONCE = 64;

  /**
   * What was found for a task.
   *
   * @param chooser among it
   * @param discoveries how many neurons luck does not explain; nothing where all may vote
   */
  public record Searched(Chooser chooser, Optional<Discoveries> discoveries) {}

  /**
   * What each task comes to, in their order.
   *
   * @param result of a task, by what was found for it
   */
  public <R> List<R> run(List<OpenTask> tasks, BiFunction<OpenTask, Searched, R> result) {
    List<R> results = new ArrayList<>();
    for (int from = 0; from < tasks.size(); from += AT_ONCE) {
      results.addAll(atOnce(tasks.subList(from, Math.min(tasks.size(), from + AT_ONCE)), result));
    }
    return results;
  }

  private <R> List<R> atOnce(List<OpenTask> tasks, BiFunction<OpenTask, Searched, R> result) {
    ScanPlan scan = work.withTasks(tasks.stream().map(OpenTask::placed).toList());
    List<Shard> shards =
        ShardPlan.of(columns, scan, settings.shardBytes(), context.defaultParallelism());
    List<R> results = new ArrayList<>();
    try (Scans scans = new Scans(context, settings, scan, shards)) {
      for (TaskBatch batch : TaskBatch.plan(tasks, scan.kept(), shards, settings.shardBytes())) {
        results.addAll(results(scans, batch, result));
      }
    }
    return results;
  }

  private static <R> List<R> results(
      Scans all, TaskBatch batch, BiFunction<OpenTask, Searched, R> result) {
    try (BatchScans scans = all.of(batch)) {
      List<BatchScans.Search> found = scans.search();
      return IntStream.range(0, found.size())
          .parallel()
          .mapToObj(i -> result.apply(batch.tasks().get(i), searched(batch, i, found.get(i))))
          .toList();
    }
  }

  private static Searched searched(TaskBatch batch, int task, BatchScans.Search found) {
    return new Searched(
        new Chooser(batch.tasks().get(task).plan(), found.rankings(), found.ballots()),
        found.discoveries());
  }
}
