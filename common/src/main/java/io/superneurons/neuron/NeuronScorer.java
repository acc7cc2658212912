package io.superneurons.neuron;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Scores neurons on one task: fits each rule on probing rows, checks it on others. */
public final class NeuronScorer {
  private final TaskPlan plan;
  private final RuleFitter fitter;
  private final Significance significance;
  private final int[][] fitLabels;

  public NeuronScorer(TaskPlan plan) {
    this.plan = plan;
    this.fitter = new RuleFitter(plan.metric());
    this.significance = new Significance(plan.rows().size());
    this.fitLabels =
        plan.trials().stream()
            .map(t -> Arrays.stream(t.fit()).map(row -> plan.rows().given()[row]).toArray())
            .toArray(int[][]::new);
  }

  /**
   * Scores one neuron.
   *
   * @param values of the neuron, one a row, those of other tasks among them
   * @param start where in {@code values} this task's rows start
   * @return a score a slot of the plan, in its order; a neuron that is constant on the probing rows
   *     or has a NaN or an infinity among them has NaN scores
   */
  public NeuronScore[] score(float[] values, int start) {
    List<Slot> slots = plan.slots();
    int trials = plan.trials().size();
    FittedRule[] fitted = new FittedRule[slots.size()];
    double[][] probes = new double[slots.size()][trials];
    Confusion[] checks = new Confusion[slots.size()];
    Arrays.setAll(checks, slot -> new Confusion(checkLabels(slots.get(slot))));
    for (int trial = 0; trial < trials; trial++) {
      Sample sample = sample(values, start, trial);
      boolean usable = sample.isUsable();
      for (int slot = 0; slot < slots.size(); slot++) {
        FittedRule rule = usable ? fitter.fit(slots.get(slot), sample) : null;
        fitted[slot] = trial == 0 ? rule : fitted[slot];
        probes[slot][trial] = usable ? fitScore(rule, sample) : Double.NaN;
        check(rule, trial, values, start, checks[slot]);
      }
    }
    NeuronScore[] scores = new NeuronScore[slots.size()];
    Arrays.setAll(scores, slot -> score(fitted[slot], probes[slot], checks[slot]));
    return scores;
  }

  /**
   * What one neuron votes in one trial.
   *
   * @param rows positions of rows within the task
   * @return a label index a row, or {@link Confusion#NO_LABEL}; nothing if the neuron cannot be
   *     selected
   */
  public Optional<short[]> votes(float[] values, int start, Slot slot, int trial, int[] rows) {
    Sample sample = sample(values, start, trial);
    if (!sample.isUsable()) {
      return Optional.empty();
    }
    FittedRule rule = fitter.fit(slot, sample);
    short[] votes = new short[rows.length];
    for (int i = 0; i < rows.length; i++) {
      votes[i] = (short) rule.vote(values[start + rows[i]]);
    }
    return Optional.of(votes);
  }

  /** Class means of one neuron on the probing rows, one a label. */
  public double[] means(float[] values, int start) {
    return sample(values, start, 0).means();
  }

  private Sample sample(float[] values, int start, int trial) {
    int[] fit = plan.trials().get(trial).fit();
    float[] taken = new float[fit.length];
    for (int i = 0; i < fit.length; i++) {
      taken[i] = values[start + fit[i]];
    }
    return new Sample(taken, fitLabels[trial], plan.rows().labels().size());
  }

  private double fitScore(FittedRule rule, Sample sample) {
    Confusion confusion =
        new Confusion(rule.rule() == Rule.ONE_VS_REST ? 2 : plan.rows().labels().size());
    for (int row = 0; row < sample.rows(); row++) {
      count(rule, sample.value(row), sample.given(row), confusion);
    }
    return metric(rule.rule()).of(confusion);
  }

  /** With no rule, the check rows are predictions of nothing: no credit, no luck. */
  private void check(FittedRule rule, int trial, float[] values, int start, Confusion confusion) {
    if (rule == null) {
      return;
    }
    for (int row : plan.trials().get(trial).check()) {
      count(rule, values[start + row], plan.rows().given()[row], confusion);
    }
  }

  /** A detector is a two-way classifier: its label against the rest. */
  private static void count(FittedRule rule, float value, int given, Confusion confusion) {
    int vote = rule.vote(value);
    if (rule.rule() == Rule.ONE_VS_REST) {
      confusion.add(given == rule.detected() ? 1 : 0, vote == rule.detected() ? 1 : 0);
    } else {
      confusion.add(given, vote);
    }
  }

  private int checkLabels(Slot slot) {
    return slot.rule() == Rule.ONE_VS_REST ? 2 : plan.rows().labels().size();
  }

  private NeuronScore score(FittedRule fitted, double[] probes, Confusion check) {
    if (fitted == null) {
      return new NeuronScore(null, probes, Double.NaN, Double.NaN);
    }
    double validation = metric(fitted.rule()).of(check);
    return new NeuronScore(fitted, probes, validation, significance.pValue(check));
  }

  /** Detectors are scored as they are cut, see {@link Rule#ONE_VS_REST}. */
  private Metric metric(Rule rule) {
    return rule == Rule.ONE_VS_REST ? Metric.BALANCED_ACCURACY : plan.metric();
  }
}
