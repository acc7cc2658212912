package io.superneurons.jobs;

import io.superneurons.activation.Site;
import io.superneurons.neuron.AttentionHead;
import io.superneurons.neuron.BestCandidates;
import io.superneurons.neuron.Candidate;
import io.superneurons.neuron.Confusion;
import io.superneurons.neuron.Neuron;
import io.superneurons.neuron.NeuronScore;
import io.superneurons.neuron.NeuronScorer;
import io.superneurons.neuron.Slot;
import io.superneurons.neuron.TaskPlan;
import io.superneurons.neuron.TaskRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Scores one shard's neurons on every task; runs within a Spark task. */
final class SelectScan {
  private final SelectWork work;
  private final SelectShard shard;
  private final float[][] values;

  private SelectScan(SelectWork work, SelectShard shard) {
    this.work = work;
    this.shard = shard;
    int width = work.metadata().layout().width(shard.column().site());
    this.values = work.reader().read(shard.column(), shard.indexes(), width, work.rows());
  }

  static SelectScores score(SelectWork work, SelectShard shard) {
    SelectScan scan = new SelectScan(work, shard);
    List<SelectScores.Task> tasks = new ArrayList<>();
    for (int task = 0; task < work.plans().size(); task++) {
      tasks.add(scan.scoreTask(work.plans().get(task), work.starts()[task]));
    }
    return new SelectScores(shard, scan.notFinite(), tasks);
  }

  private int notFinite() {
    int count = 0;
    for (float[] neuron : values) {
      for (float value : neuron) {
        if (!Float.isFinite(value)) {
          count++;
          break;
        }
      }
    }
    return count;
  }

  private SelectScores.Task scoreTask(TaskPlan plan, int start) {
    NeuronScorer scorer = new NeuronScorer(plan);
    int labels = plan.rows().labels().size();
    List<String> rules = plan.slots().stream().map(slot -> slot.rule().label()).distinct().toList();
    List<SelectScores.Column> columns =
        rules.stream().map(rule -> SelectScores.Column.of(rule, shard.size())).toList();
    double[] means = new double[shard.size() * labels];
    BestCandidates[][] leaders = leaders(plan);
    for (int i = 0; i < shard.size(); i++) {
      NeuronScore[] scores = scorer.score(values[i], start);
      Neuron neuron = new Neuron(shard.column().layer(), shard.column().site(), shard.from() + i);
      for (int slot = 0; slot < scores.length; slot++) {
        SelectScores.Column column =
            columns.get(rules.indexOf(plan.slots().get(slot).rule().label()));
        keep(column, i, plan.slots().get(slot), scores[slot]);
        for (int trial = 0; trial < leaders.length; trial++) {
          leaders[trial][slot].offer(
              new Candidate(neuron, scores[slot].probes()[trial], scores[slot]));
        }
      }
      System.arraycopy(scorer.means(values[i], start), 0, means, i * labels, labels);
    }
    return new SelectScores.Task(columns, means, best(leaders), heads(plan.rows(), start));
  }

  private BestCandidates[][] leaders(TaskPlan plan) {
    BestCandidates[][] leaders = new BestCandidates[plan.trials().size()][plan.slots().size()];
    for (BestCandidates[] trial : leaders) {
      Arrays.setAll(trial, slot -> new BestCandidates(work.kept()));
    }
    return leaders;
  }

  private static List<List<List<Candidate>>> best(BestCandidates[][] leaders) {
    return Arrays.stream(leaders)
        .map(trial -> Arrays.stream(trial).map(BestCandidates::best).toList())
        .toList();
  }

  /** Of several detectors in one neuron the table shows the best; the first label's when equal. */
  private static void keep(SelectScores.Column column, int i, Slot slot, NeuronScore score) {
    boolean first = slot.detected() == Confusion.NO_LABEL || slot.detected() == 0;
    if (!first && !(score.probe() > column.probe()[i])) {
      return;
    }
    column.probe()[i] = score.probe();
    column.validation()[i] = score.validation();
    column.pValue()[i] = score.pValue();
    column.detected()[i] = slot.detected();
    if (score.fitted() != null) {
      column.polarity()[i] = (byte) score.fitted().polarity();
      double[] thresholds = score.fitted().thresholds();
      column.threshold()[i] = thresholds.length == 0 ? Double.NaN : thresholds[0];
    }
  }

  private List<AttentionHead> heads(TaskRows rows, int start) {
    if (shard.column().site() != Site.ATTN_Z) {
      return List.of();
    }
    int width = SelectShard.headWidth(work.metadata());
    Stream.Builder<AttentionHead> heads = Stream.builder();
    for (int from = 0; from < shard.size(); from += width) {
      float[][] dimensions = Arrays.copyOfRange(values, from, from + width);
      int head = (shard.from() + from) / width;
      heads.add(AttentionHead.of(shard.column().layer(), head, dimensions, start, rows));
    }
    return heads.build().sorted(AttentionHead.BEST_FIRST).limit(AttentionHead.VOTERS).toList();
  }
}
