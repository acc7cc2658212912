package io.superneurons.jobs.select.choose;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.jobs.select.scan.CandidateVotes;
import io.superneurons.jobs.select.scan.ProbeScan;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.Shard;
import io.superneurons.jobs.select.scan.ShardScan;
import io.superneurons.jobs.select.scan.ShardScores;
import io.superneurons.jobs.select.scan.ValueCounts;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.neuron.baseline.AttentionHead;
import io.superneurons.neuron.choose.ChoiceSpace;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.score.Contender;
import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.vote.Ballot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * The two looks at the activations: every neuron's scores, then the votes of those few that may be
 * chosen. Nothing of the activations' size leaves the executors.
 */
public final class Scans implements AutoCloseable {
  private final JavaSparkContext context;
  private final SelectSettings settings;
  private final ScanPlan work;
  private final Broadcast<ScanPlan> shared;
  private final List<Shard> shards;

  /** One a shard, in their order. */
  private final JavaRDD<ShardScores> scores;

  public Scans(
      JavaSparkContext context, SelectSettings settings, ScanPlan work, List<Shard> shards) {
    this.context = context;
    this.settings = settings;
    this.work = work;
    this.shards = List.copyOf(shards);
    this.shared = context.broadcast(work);
    Broadcast<ScanPlan> broadcast = shared;
    this.scores =
        context
            .parallelize(shards, shards.size())
            .map(shard -> ShardScan.score(broadcast.value(), shard))
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Of some tasks of a scan. */
  private Scans(Scans all, int from, int to) {
    this.context = all.context;
    this.settings = all.settings;
    this.work = all.work.part(from, to);
    this.shards = all.shards;
    this.shared = context.broadcast(work);
    this.scores = all.scores.map(shard -> shard.part(from, to));
  }

  /**
   * Looks at some of the tasks only, so that what the driver holds at once has a bound however many
   * there are. Nothing is scored again.
   */
  public Scans part(TaskBatch batch) {
    return new Scans(this, batch.from(), batch.to());
  }

  /** The scores, a shard an element; kept until this is closed. */
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

  /** The best of each shard. */
  public List<ShardScores.Leaders> leaders() {
    context.sc().setJobDescription("select: gather the best");
    return scores.map(ShardScores::toLeaders).collect();
  }

  /**
   * What is known of the neurons of one task that may be chosen.
   *
   * @param ballots of everyone who leads somewhere, and of those that were asked for besides
   */
  record Search(Rankings rankings, Map<Contender, Ballot> ballots) {}

  /**
   * Ranks the leaders and gathers their votes.
   *
   * @param also others whose votes are wanted, by task; may be empty
   */
  List<Search> search(
      List<ShardScores.Leaders> leaders, TaskChoices choices, List<List<Contender>> also) {
    List<Rankings> rankings = new ArrayList<>();
    List<List<Contender>> asked = new ArrayList<>();
    for (int task = 0; task < work.plans().size(); task++) {
      Rankings ofTask = rankings(task, leaders);
      ChoiceSpace space = choices.spaces().get(task);
      rankings.add(ofTask);
      asked.add(asked(ofTask, space, choices.most(), also.isEmpty() ? List.of() : also.get(task)));
    }
    List<Map<Contender, Ballot>> ballots = ballots(asked);
    return IntStream.range(0, asked.size())
        .mapToObj(task -> new Search(rankings.get(task), ballots.get(task)))
        .toList();
  }

  /** What each task is selected from. */
  public List<Findings> findings(
      List<ShardScores.Leaders> leaders, List<LayerSite> columns, TaskChoices choices) {
    RandomNeurons random = new RandomNeurons(settings.seed());
    List<List<Contender>> pools =
        work.plans().stream()
            .map(plan -> random.pool(plan, columns, work.metadata().layout()))
            .toList();
    List<Search> found = search(leaders, choices, pools);
    List<Optional<ProbeScan.Answer>> probes =
        new Probes(context, shared, settings.shardBytes()).find(columns);
    return IntStream.range(0, found.size())
        .mapToObj(
            task ->
                new Findings(
                    found.get(task).rankings(),
                    found.get(task).ballots(),
                    heads(task, leaders),
                    probes.get(task),
                    pools.get(task)))
        .toList();
  }

  private Rankings rankings(int task, List<ShardScores.Leaders> leaders) {
    TaskPlan plan = work.plans().get(task);
    Rankings rankings = new Rankings(plan);
    for (ShardScores.Leaders ofShard : leaders) {
      for (int trial = 0; trial < plan.trials().size(); trial++) {
        for (int slot = 0; slot < plan.slots().size(); slot++) {
          rankings.add(trial, slot, ofShard.leaders().get(task).get(trial).get(slot));
        }
      }
    }
    rankings.sort();
    return rankings;
  }

  private static List<Contender> asked(
      Rankings rankings, ChoiceSpace space, int most, List<Contender> pool) {
    Set<Contender> asked = rankings.leaders(space.rules(), space.exitLayers(), most);
    asked.addAll(pool);
    return List.copyOf(asked);
  }

  private static List<AttentionHead> heads(int task, List<ShardScores.Leaders> leaders) {
    return leaders.stream().flatMap(shard -> shard.heads().get(task).stream()).toList();
  }

  private List<Map<Contender, Ballot>> ballots(List<List<Contender>> asked) {
    List<CandidateVotes.Request> requests =
        CandidateVotes.Request.plan(asked, work.rows(), settings.shardBytes());
    context.sc().setJobDescription("select: votes of the candidates");
    Broadcast<ScanPlan> broadcast = shared;
    List<CandidateVotes> answers =
        context
            .parallelize(requests, requests.size())
            .flatMap(request -> CandidateVotes.cast(broadcast.value(), request).iterator())
            .collect();
    List<Map<Contender, Ballot>> ballots = new ArrayList<>();
    asked.forEach(task -> ballots.add(new HashMap<>()));
    for (CandidateVotes answer : answers) {
      for (int i = 0; i < answer.contenders().size(); i++) {
        ballots.get(answer.task()).put(answer.contenders().get(i), answer.ballots().get(i));
      }
    }
    return ballots;
  }

  /** The outcomes with what their neurons did on the probing rows. */
  public List<Optional<Selected>> profiled(List<Optional<Selected>> outcomes) {
    return Profiled.added(context, shared, outcomes);
  }

  @Override
  public void close() {
    scores.unpersist();
    shared.destroy();
  }
}
