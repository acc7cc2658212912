package io.superneurons.jobs.select.choose;

import io.superneurons.jobs.select.scan.Heads;
import io.superneurons.jobs.select.scan.PlacedTask;
import io.superneurons.jobs.select.scan.Shard;
import io.superneurons.jobs.select.scan.TaskScorer;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.vote.Votes;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring tasks that are selected for at once, since what they need fits the driver's memory.
 *
 * @param from index of the first one among all tasks
 * @param tasks at least one
 */
public record TaskBatch(int from, List<OpenTask> tasks) {
  public TaskBatch {
    tasks = List.copyOf(tasks);
  }

  /**
   * Cuts tasks into batches.
   *
   * @param kept how many candidates of each ranking a shard hands back
   * @param shards that hand back their best, for each of their layers
   * @param bytes memory for a batch; a task that needs more is a batch by itself
   */
  public static List<TaskBatch> plan(
      List<OpenTask> tasks, int kept, List<Shard> shards, long bytes) {
    int exitLayers = (int) shards.stream().map(s -> s.column().modelLayer()).distinct().count();
    List<TaskBatch> batches = new ArrayList<>();
    int from = 0;
    long held = 0;
    for (int task = 0; task < tasks.size(); task++) {
      long own = bytes(tasks.get(task).placed(), kept, shards.size(), exitLayers);
      if (task > from && held + own > bytes) {
        batches.add(new TaskBatch(from, tasks.subList(from, task)));
        from = task;
        held = 0;
      }
      held += own;
    }
    batches.add(new TaskBatch(from, tasks.subList(from, tasks.size())));
    return batches;
  }

  /** Index after the last one among all tasks. */
  int to() {
    return from + tasks.size();
  }

  /** The best of every shard, and votes and values of those that lead up to some exit layer. */
  static long bytes(PlacedTask task, int kept, int shards, int exitLayers) {
    TaskPlan plan = task.plan();
    long values =
        (long) task.valued().size() * kept * exitLayers * Float.BYTES * plan.rows().size();
    long votes = 0;
    int labels = plan.rows().labels().size();
    for (int trial = 0; trial < plan.trials().size(); trial++) {
      votes += Votes.bytes(labels, plan.votingRows(trial));
    }
    return shards * TaskScorer.bytesOfLeaders(plan, kept)
        + (long) plan.slots().size() * kept * exitLayers * votes
        + values
        + (task.baselines() ? shards * Heads.bytes(plan) : 0);
  }
}
