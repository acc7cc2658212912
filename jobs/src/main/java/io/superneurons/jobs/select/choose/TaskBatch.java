package io.superneurons.jobs.select.choose;

import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.Shard;
import io.superneurons.jobs.select.scan.TaskScorer;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.vote.Votes;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring tasks that are selected for at once, since what they need fits the driver's memory.
 *
 * @param from the first task's index
 * @param to the index after the last one's
 */
public record TaskBatch(int from, int to) {
  /**
   * Cuts tasks into batches.
   *
   * @param shards that hand back their best, for each of their layers
   * @param bytes memory for a batch; a task that needs more is one by itself
   */
  public static List<TaskBatch> plan(ScanPlan work, List<Shard> shards, long bytes) {
    int exitLayers = (int) shards.stream().map(s -> s.column().layer()).distinct().count();
    List<TaskBatch> batches = new ArrayList<>();
    int from = 0;
    long held = 0;
    for (int task = 0; task < work.plans().size(); task++) {
      long own = bytes(work.plans().get(task), work.kept(), shards.size(), exitLayers);
      if (task > from && held + own > bytes) {
        batches.add(new TaskBatch(from, task));
        from = task;
        held = 0;
      }
      held += own;
    }
    batches.add(new TaskBatch(from, work.plans().size()));
    return batches;
  }

  /** The best of every shard, and the votes of those that lead up to some exit layer. */
  static long bytes(TaskPlan plan, int kept, int shards, int exitLayers) {
    long votes = 0;
    int labels = plan.rows().labels().size();
    for (int trial = 0; trial < plan.trials().size(); trial++) {
      votes += Votes.bytes(labels, plan.votingRows(trial));
    }
    return shards * TaskScorer.bytesOfLeaders(plan, kept)
        + (long) plan.slots().size() * kept * exitLayers * votes;
  }
}
