package io.superneurons.jobs.select.choose;

import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.select.scan.CandidateVotes;
import io.superneurons.jobs.select.scan.Heads;
import io.superneurons.jobs.select.scan.ProbeScan;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.ShardScores;
import io.superneurons.jobs.select.scan.Together;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.neuron.choose.ChoiceSpace;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.score.Contender;
import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.statistics.Discoveries;
import io.superneurons.neuron.statistics.PValueCounts;
import io.superneurons.neuron.vote.Ballot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The looks at the activations for one batch of tasks, whose neurons have been scored. */
public final class BatchScans implements AutoCloseable {
  private final JavaSparkContext context;
  private final long bytes;
  private final double maxQ;
  private final ScanPlan work;
  private final Broadcast<ScanPlan> shared;
  private final TaskBatch batch;
  private final JavaRDD<ShardScores> scores;

  /**
   * @param settings memory for a Spark task, and the largest q-value of a neuron that may vote
   * @param work the scan of the batch's tasks
   * @param scores of the batch's tasks, one element per shard
   */
  BatchScans(
      JavaSparkContext context,
      SelectSettings settings,
      ScanPlan work,
      TaskBatch batch,
      JavaRDD<ShardScores> scores) {
    this.context = context;
    this.bytes = settings.shardBytes();
    this.maxQ = settings.maxQ();
    this.work = work;
    this.shared = context.broadcast(work);
    this.batch = batch;
    this.scores = scores;
  }

  /**
   * What is known of the neurons of one task that may be chosen.
   *
   * @param rankings of its neurons
   * @param discoveries how many of them luck does not explain; nothing where all may vote
   * @param ballots of every neuron that leads somewhere, and of those that were asked for besides
   */
  record Search(
      Rankings rankings, Optional<Discoveries> discoveries, Map<Contender, Ballot> ballots) {}

  /**
   * Ranks the leaders of each task and gathers their votes.
   *
   * @return one search per task of the batch, in its order
   */
  List<Search> search() {
    return search(best(), List.of());
  }

  /**
   * What each task is selected from.
   *
   * @param columns those whose neurons may be selected
   * @param seed of the random neurons
   * @return one entry per task of the batch, in its order
   */
  public List<Findings> findings(List<LayerSite> columns, long seed) {
    RandomNeurons random = new RandomNeurons(seed);
    List<List<Contender>> pools =
        batch.tasks().stream()
            .map(task -> random.pool(task.plan(), columns, work.metadata().layout()))
            .toList();
    List<ShardScores.Best> best = best();
    List<Search> found = search(best, pools);
    List<Optional<ProbeScan.Answer>> probes = new Probes(context, shared, bytes).find(columns);
    return IntStream.range(0, found.size())
        .mapToObj(
            task ->
                new Findings(
                    found.get(task).rankings(),
                    found.get(task).discoveries(),
                    found.get(task).ballots(),
                    heads(task, best),
                    probes.get(task),
                    pools.get(task)))
        .toList();
  }

  private List<ShardScores.Best> best() {
    context.sc().setJobDescription("select: gather the best");
    return scores.map(ShardScores::best).collect();
  }

  /**
   * Ranks the leaders and gathers their votes.
   *
   * @param also others whose votes are wanted, by task; may be empty
   */
  private List<Search> search(List<ShardScores.Best> best, List<List<Contender>> also) {
    List<Rankings> rankings = new ArrayList<>();
    List<Optional<Discoveries>> discoveries = new ArrayList<>();
    List<List<Contender>> asked = new ArrayList<>();
    List<PValueCounts.Limit> limits = maxQ == 1 ? List.of() : limits(best);
    for (int task = 0; task < batch.tasks().size(); task++) {
      Rankings ofTask = rankings(task, best);
      discoveries.add(
          limits.isEmpty()
              ? Optional.empty()
              : Optional.of(limit(ofTask, task, best, limits.get(task))));
      rankings.add(ofTask);
      List<Contender> pool = also.isEmpty() ? List.of() : also.get(task);
      asked.add(asked(ofTask, batch.tasks().get(task).space(), work.kept(), pool));
    }
    List<Map<Contender, Ballot>> ballots = ballots(asked);
    return IntStream.range(0, asked.size())
        .mapToObj(task -> new Search(rankings.get(task), discoveries.get(task), ballots.get(task)))
        .toList();
  }

  private Rankings rankings(int task, List<ShardScores.Best> best) {
    Rankings rankings = new Rankings(work.plan(task));
    for (ShardScores.Best ofShard : best) {
      for (ShardScores.Ranking ranking : ofShard.tasks().get(task).rankings()) {
        rankings.add(ranking.trial(), ranking.slot(), ranking.best());
      }
    }
    rankings.sort();
    return rankings;
  }

  /**
   * Leaves out what luck explains, in each trial by the rows that it fits, so that rows which check
   * a fold have no say in it. A trial without discoveries keeps all.
   *
   * @param last the discoveries of the final trial: those that the table of scores has
   */
  private Discoveries limit(
      Rankings rankings, int task, List<ShardScores.Best> best, PValueCounts.Limit last) {
    TaskPlan plan = work.plan(task);
    for (int trial = 0; trial < plan.trials().size(); trial++) {
      double largest =
          trial == plan.finalTrial()
              ? last.pValue()
              : counts(task, trial, best).largestDiscovery(maxQ);
      if (largest > 0) {
        rankings.limit(trial, largest);
      }
    }
    return new Discoveries(maxQ, last.neurons());
  }

  private static PValueCounts counts(int task, int trial, List<ShardScores.Best> best) {
    PValueCounts counts = new PValueCounts();
    best.forEach(ofShard -> counts.add(ofShard.tasks().get(task).pValues().get(trial)));
    return counts;
  }

  /** The discoveries of each task's final trial, where need be by the p-values themselves. */
  private List<PValueCounts.Limit> limits(List<ShardScores.Best> best) {
    List<PValueCounts.Doubt> doubts = new ArrayList<>();
    for (int task = 0; task < batch.tasks().size(); task++) {
      doubts.add(counts(task, work.plan(task).finalTrial(), best).doubt(maxQ));
    }
    List<ShardScores.Held> held = List.of();
    if (doubts.stream().anyMatch(PValueCounts.Doubt::isOpen)) {
      context.sc().setJobDescription("select: p-values that may be those of discoveries");
      held = scores.map(shard -> shard.held(doubts)).collect();
    }
    List<PValueCounts.Limit> limits = new ArrayList<>();
    for (int task = 0; task < doubts.size(); task++) {
      int place = task;
      double[] ofTask =
          held.stream().flatMapToDouble(shard -> Arrays.stream(shard.tasks().get(place))).toArray();
      limits.add(doubts.get(task).limit(maxQ, ofTask));
    }
    return limits;
  }

  private static List<Contender> asked(
      Rankings rankings, ChoiceSpace space, int most, List<Contender> pool) {
    Set<Contender> asked = rankings.leaders(space.rules(), space.exitLayers(), most);
    asked.addAll(pool);
    return List.copyOf(asked);
  }

  private static Heads heads(int task, List<ShardScores.Best> best) {
    return Heads.of(best.stream().map(shard -> shard.tasks().get(task).heads()).toList());
  }

  private List<Map<Contender, Ballot>> ballots(List<List<Contender>> asked) {
    List<CandidateVotes.Request> requests = CandidateVotes.Request.plan(asked, work.rows(), bytes);
    List<Together<CandidateVotes.Request>> together =
        work.together(
            requests, request -> request.bytes(work.rows()), bytes, context.defaultParallelism());
    context.sc().setJobDescription("select: votes of the candidates");
    Broadcast<ScanPlan> broadcast = shared;
    List<CandidateVotes> answers =
        context
            .parallelize(together, together.size())
            .flatMap(some -> CandidateVotes.cast(broadcast.value(), some.requests()).iterator())
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

  @Override
  public void close() {
    shared.destroy();
  }
}
