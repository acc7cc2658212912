package io.superneurons.jobs.select.scan;

import io.superneurons.activation.Site;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.values.NeuronValues;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Scores the neurons of shards on every task; runs within a Spark task. */
public final class ShardScan {
  private final ScanPlan work;
  private final Shard shard;
  private final NeuronMatrix matrix;

  private ShardScan(ScanPlan work, Shard shard, NeuronMatrix matrix) {
    this.work = work;
    this.shard = shard;
    this.matrix = matrix;
  }

  /** Scores shards in one pass over the files; in their order. */
  public static List<ShardScores> score(ScanPlan work, List<Shard> shards) {
    Iterator<NeuronMatrix> matrices =
        NeuronMatrix.read(work, shards.stream().map(shard -> wanted(work, shard)).toList())
            .iterator();
    return shards.stream()
        .map(shard -> new ShardScan(work, shard, matrices.next()).score())
        .toList();
  }

  private static NeuronMatrix.Wanted wanted(ScanPlan work, Shard shard) {
    return new NeuronMatrix.Wanted(shard.column(), shard.indexes(), work.scanned(shard.column()));
  }

  /** All tasks for one neuron, then the next one, while its values are in the cache. */
  private ShardScores score() {
    List<TaskScorer> tasks = new ArrayList<>();
    for (int task = 0; task < work.tasks().size(); task++) {
      tasks.add(new TaskScorer(shard, work.plan(task), positions(task), work.kept()));
    }
    for (int i = 0; i < matrix.size(); i++) {
      NeuronValues values = matrix.values(i);
      for (TaskScorer task : tasks) {
        task.score(i, values);
      }
    }
    List<ShardScores.Task> scores = new ArrayList<>();
    for (int task = 0; task < tasks.size(); task++) {
      scores.add(tasks.get(task).scores(heads(task)));
    }
    return new ShardScores(shard, matrix.counts(), scores);
  }

  private int[] positions(int task) {
    return matrix.positions(work.start(task), work.plan(task).rows().size());
  }

  private Heads heads(int task) {
    if (shard.column().site() != Site.ATTN_Z || !work.tasks().get(task).baselines()) {
      return Heads.NONE;
    }
    int width = work.headWidth(shard.column());
    TaskPlan plan = work.plan(task);
    int[] positions = positions(task);
    Heads heads = Heads.empty(plan);
    for (int from = 0; from < shard.size(); from += width) {
      int head = (shard.from() + from) / width;
      heads.add(shard.column().layer(), head, dimensions(from, width, positions), plan);
    }
    return heads;
  }

  /** A head's scalars: [dimensions of the head, rows of the task]. */
  private float[][] dimensions(int from, int width, int[] positions) {
    float[][] dimensions = new float[width][positions.length];
    for (int d = 0; d < width; d++) {
      NeuronValues values = matrix.values(from + d);
      for (int row = 0; row < positions.length; row++) {
        dimensions[d][row] = (float) values.type().value(values.key(positions[row]));
      }
    }
    return dimensions;
  }
}
