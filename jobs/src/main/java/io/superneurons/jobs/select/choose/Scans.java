package io.superneurons.jobs.select.choose;

import io.superneurons.activation.Site;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.Shard;
import io.superneurons.jobs.select.scan.ShardScan;
import io.superneurons.jobs.select.scan.ShardScores;
import io.superneurons.jobs.select.scan.Together;
import io.superneurons.jobs.select.scan.ValueCounts;
import io.superneurons.jobs.select.settings.SelectSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * What the driver has the executors read of the activations, look by look; nothing of the
 * activations' size leaves them.
 *
 * <p>The first look scores every neuron on every task and is kept. For each batch of tasks ({@link
 * BatchScans}) there is a look at the few neurons that may be chosen, for their votes, and, where
 * residual streams were captured, two more for the linear probes: one that finds the best layer and
 * penalty, one that fits the probe and lets it predict. The last look is at the chosen neurons, for
 * their profiles. Selection on shuffled labels ({@link Shufflings}) has a first look and votes of
 * its own.
 */
public final class Scans implements AutoCloseable {
  private final JavaSparkContext context;
  private final SelectSettings settings;
  private final ScanPlan work;
  private final Broadcast<ScanPlan> shared;
  private final List<Shard> shards;

  /** One element per shard, in their order. */
  private final JavaRDD<ShardScores> scores;

  public Scans(
      JavaSparkContext context, SelectSettings settings, ScanPlan work, List<Shard> shards) {
    this.context = context;
    this.settings = settings;
    this.work = work;
    List<Together<Shard>> together = together(shards);
    this.shards = together.stream().map(Together::requests).flatMap(List::stream).toList();
    this.shared = context.broadcast(work);
    Broadcast<ScanPlan> broadcast = shared;
    this.scores =
        context
            .parallelize(together, together.size())
            .flatMap(some -> ShardScan.score(broadcast.value(), some.requests()).iterator())
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private List<Together<Shard>> together(List<Shard> shards) {
    return work.together(
        shards, shard -> shard.bytes(work), settings.shardBytes(), context.defaultParallelism());
  }

  /**
   * Looks at some of the tasks only, so that what the driver holds at once has a bound however many
   * there are. Nothing is scored again.
   */
  public BatchScans of(TaskBatch batch) {
    ScanPlan part = work.withTasks(batch.tasks().stream().map(OpenTask::placed).toList());
    int from = batch.from();
    int to = batch.to();
    return new BatchScans(
        context, settings, part, batch, scores.map(shard -> shard.part(from, to)));
  }

  /** The scores, one element per shard; kept until this is closed. */
  public JavaRDD<ShardScores> scores() {
    return scores;
  }

  /** Scores every neuron on every task; returns what values there were, by site. */
  public Map<Site, ValueCounts> score() {
    context.sc().setJobDescription("select: score every neuron");
    List<ValueCounts> counts = scores.map(ShardScores::counts).collect();
    Map<Site, ValueCounts> bySite = new LinkedHashMap<>();
    for (int i = 0; i < counts.size(); i++) {
      bySite.merge(shards.get(i).column().site(), counts.get(i), ValueCounts::plus);
    }
    return bySite;
  }

  /** The outcomes with what their neurons did on the probing rows. */
  public List<Optional<Selected>> profiled(List<Optional<Selected>> outcomes) {
    return Profiled.added(context, shared, settings.shardBytes(), outcomes);
  }

  @Override
  public void close() {
    scores.unpersist();
    shared.destroy();
  }
}
