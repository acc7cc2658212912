package io.superneurons.jobs.select.scan;

import io.superneurons.activation.Neuron;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.rule.Slot;
import io.superneurons.neuron.score.BestCandidates;
import io.superneurons.neuron.score.Candidate;
import io.superneurons.neuron.score.NeuronScore;
import io.superneurons.neuron.score.NeuronScorer;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.PValueCounts;
import io.superneurons.neuron.values.NeuronValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one task makes of a shard's neurons, as they are scored one by one. */
public final class TaskScorer {
  /** A candidate with its neuron, and its places in a queue and in a list. */
  private static final long CANDIDATE_BYTES = 96;

  private final Shard shard;
  private final TaskPlan plan;
  private final NeuronScorer scorer;
  private final ShardScores.Column[] columns;

  /** The column of each slot: detectors of one rule share one. */
  private final int[] columnOf;

  private final double[] pValue;
  private final double[] means;

  /** How often each p-value occurs [trials]. */
  private final List<PValueCounts> pValues;

  /** The best so far: [trials, slots], both in the plan's order. */
  private final BestCandidates[][] leaders;

  /**
   * A task.
   *
   * @param positions where the task's rows stand in the shard's matrix
   * @param kept how many neurons of a rule are handed back
   */
  TaskScorer(Shard shard, TaskPlan plan, int[] positions, int kept) {
    this.shard = shard;
    this.plan = plan;
    this.scorer = new NeuronScorer(plan, positions);
    List<Rule> rules = rules(plan);
    this.columns =
        rules.stream()
            .map(rule -> ShardScores.Column.of(rule.label(), shard.size()))
            .toArray(ShardScores.Column[]::new);
    this.columnOf = plan.slots().stream().mapToInt(slot -> rules.indexOf(slot.rule())).toArray();
    this.pValue = new double[shard.size()];
    this.pValues = plan.trials().stream().map(trial -> new PValueCounts()).toList();
    this.means = new double[shard.size() * plan.rows().labels().size()];
    this.leaders = leaders(plan, kept);
  }

  private static List<Rule> rules(TaskPlan plan) {
    return plan.slots().stream().map(Slot::rule).distinct().toList();
  }

  /** Detectors of one rule take turns, so each label needs only its share of the places. */
  private static BestCandidates[][] leaders(TaskPlan plan, int kept) {
    BestCandidates[][] leaders = new BestCandidates[plan.trials().size()][plan.slots().size()];
    for (BestCandidates[] trial : leaders) {
      Arrays.setAll(trial, slot -> new BestCandidates(share(plan, plan.slots().get(slot), kept)));
    }
    return leaders;
  }

  private static int share(TaskPlan plan, Slot slot, int kept) {
    int slots = (int) plan.slots().stream().filter(s -> s.rule() == slot.rule()).count();
    return (kept + slots - 1) / slots;
  }

  /** Bytes that the results of one neuron take. */
  static long bytesPerNeuron(TaskPlan plan) {
    return rules(plan).size() * ShardScores.Column.BYTES
        + (1L + plan.rows().labels().size()) * Double.BYTES;
  }

  /** Bytes that the best candidates take; they do not depend on the number of neurons. */
  public static long bytesOfLeaders(TaskPlan plan, int kept) {
    long candidates = plan.slots().stream().mapToLong(slot -> share(plan, slot, kept)).sum();
    return plan.trials().size() * (candidates * CANDIDATE_BYTES + PValueCounts.BYTES);
  }

  /** Scores the shard's i-th neuron. */
  void score(int i, NeuronValues values) {
    NeuronScore[] scores = scorer.score(values);
    Neuron neuron = new Neuron(shard.column().layer(), shard.column().site(), shard.from() + i);
    for (int slot = 0; slot < scores.length; slot++) {
      keep(columns[columnOf[slot]], i, plan.slots().get(slot), scores[slot]);
      for (int trial = 0; trial < leaders.length; trial++) {
        double fitScore = scores[slot].fitScores()[trial];
        if (leaders[trial][slot].mayKeep(fitScore)) {
          leaders[trial][slot].offer(Candidate.of(neuron, trial, scores[slot]));
        }
      }
    }
    count(i, scores);
    int labels = scorer.means().length;
    System.arraycopy(scorer.means(), 0, means, i * labels, labels);
  }

  /** A neuron counts once, by the smallest p-value of what it was ranked for. */
  private void count(int i, NeuronScore[] scores) {
    for (int trial = 0; trial < leaders.length; trial++) {
      double least = scores[0].pValues()[trial];
      for (NeuronScore score : scores) {
        least = Math.min(least, score.pValues()[trial]);
      }
      pValues.get(trial).add(least);
      if (trial == plan.finalTrial()) {
        pValue[i] = least;
      }
    }
  }

  /** Of several detectors in one neuron the table shows the best; the first label's when equal. */
  private static void keep(ShardScores.Column column, int i, Slot slot, NeuronScore score) {
    boolean first = slot.detected() == Confusion.NO_LABEL || slot.detected() == 0;
    if (!first && !(score.probingScore() > column.probingScore()[i])) {
      return;
    }
    column.probingScore()[i] = score.probingScore();
    column.auc()[i] = score.auc();
    column.validation()[i] = score.validation();
    column.detected()[i] = slot.detected();
    if (score.fitted() != null) {
      column.polarity()[i] = (byte) score.fitted().polarity();
      double[] thresholds = score.fitted().thresholds();
      column.threshold()[i] = thresholds.length == 0 ? Double.NaN : thresholds[0];
    }
  }

  /** The results, when all neurons are scored. */
  ShardScores.Task scores(Heads heads) {
    List<ShardScores.Ranking> rankings = new ArrayList<>();
    for (int trial = 0; trial < leaders.length; trial++) {
      for (int slot = 0; slot < leaders[trial].length; slot++) {
        List<Candidate> best = leaders[trial][slot].best();
        rankings.add(new ShardScores.Ranking(trial, plan.slots().get(slot), best));
      }
    }
    ShardScores.Leaders best = new ShardScores.Leaders(rankings, pValues, heads);
    return new ShardScores.Task(List.of(columns), pValue, means, best);
  }
}
