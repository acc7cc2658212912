package io.superneurons.neuron.score;

import io.superneurons.activation.StoreDType;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.Trial;
import io.superneurons.neuron.rule.Fit;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.rule.RuleCheck;
import io.superneurons.neuron.rule.RuleFitter;
import io.superneurons.neuron.rule.Slot;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.FisherTest;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.values.FloatValues;
import io.superneurons.neuron.values.HalfValues;
import io.superneurons.neuron.values.KeyCounts;
import io.superneurons.neuron.values.LabelledKeys;
import io.superneurons.neuron.values.NeuronValues;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Scores neurons on one task: fits each rule on probing rows, checks it on others. It is reused for
 * neuron after neuron, by one thread: nothing is allocated per value.
 */
public final class NeuronScorer {
  private final TaskPlan plan;
  private final RuleFitter fitter;
  private final RuleCheck check;
  private final LabelTest[] tests; // [trials]
  private final Rows[] testRows; // [trials]; null where they are the fit rows
  private final int[] positions; // in the scan, of each row of the task [rows]
  private final Rows[] fitRows; // [trials]
  private final Rows[] checkRows; // [trials]; none where the check does not count
  private final boolean countsOnly;
  private final boolean sortsChecks;
  private final LabelledKeys keys = new LabelledKeys();
  private final KeyCounts counts = new KeyCounts();
  private double[] means;

  /**
   * Rows by label, then by position in the task, as {@link NeuronValues} is asked for them.
   *
   * @param positions in the scan [rows]
   * @param labels label index of each [rows]
   */
  private record Rows(int[] positions, int[] labels) {}

  /**
   * A scorer.
   *
   * @param positions where each row of the task is in the scan [rows]
   */
  public NeuronScorer(TaskPlan plan, int[] positions) {
    int labels = plan.rows().labels().size();
    this.plan = plan;
    this.positions = positions;
    this.fitter = new RuleFitter(plan.slots(), labels, plan.metric());
    this.check = new RuleCheck(plan.slots(), labels);
    this.fitRows = plan.trials().stream().map(t -> rows(t.fit())).toArray(Rows[]::new);
    this.testRows = plan.trials().stream().map(t -> testRows(t.fit())).toArray(Rows[]::new);
    FisherTest shared = new FisherTest(plan.rows().size());
    this.tests =
        IntStream.range(0, fitRows.length)
            .mapToObj(t -> testRows[t] == null ? fitRows[t] : testRows[t])
            .map(rows -> new LabelTest(plan.slots(), rows.labels, labels, shared))
            .toArray(LabelTest[]::new);
    this.checkRows =
        IntStream.range(0, plan.trials().size())
            .mapToObj(t -> rows(plan.confirms(t) ? plan.trials().get(t).check() : new int[0]))
            .toArray(Rows[]::new);
    this.countsOnly = fitter.needsOnlyCounts();
    this.sortsChecks =
        plan.metric() == Metric.AUC
            || plan.slots().stream().anyMatch(slot -> slot.rule() == Rule.ONE_VS_REST);
  }

  /**
   * Bytes that scoring a task's neurons takes besides their values, whatever their number. Tasks
   * that are scored in turn share {@link #sharedBytes}.
   */
  public static long bytes(TaskPlan plan) {
    long listed = plan.rows().size();
    for (Trial trial : plan.trials()) {
      listed += 2L * (2L * trial.fit().length + trial.check().length);
    }
    long most = mostRows(plan);
    long logFactorials = (long) Double.BYTES * plan.rows().size();
    return listed * Integer.BYTES
        + logFactorials
        + bytesOfTests(plan)
        + LabelledKeys.bytes(most)
        + 2 * KeyCounts.bytes(most);
  }

  /** Bytes that sorting and counting take, for all tasks that are scored in turn. */
  public static long sharedBytes(TaskPlan plan, StoreDType dtype) {
    return switch (dtype) {
      case FLOAT16 -> HalfValues.Scratch.bytes(mostRows(plan));
      case FLOAT32 -> FloatValues.Scratch.bytes(mostRows(plan));
    };
  }

  private static long bytesOfTests(TaskPlan plan) {
    int[] given = plan.rows().given();
    return plan.trials().stream()
        .map(trial -> Arrays.stream(trial.fit()).map(row -> given[row]).toArray())
        .mapToLong(labels -> LabelTest.bytes(labels, plan.rows().labels().size()))
        .sum();
  }

  private static long mostRows(TaskPlan plan) {
    return plan.trials().stream()
        .mapToLong(trial -> Math.max(trial.fit().length, trial.check().length))
        .max()
        .orElse(0);
  }

  /** One row of each image: others of the same image add no evidence of their own. */
  private Rows testRows(int[] fit) {
    int[] ofDistinctImages = plan.rows().ofDistinctImages(fit);
    return ofDistinctImages.length == fit.length ? null : rows(ofDistinctImages);
  }

  private Rows rows(int[] ofTask) {
    int[] given = plan.rows().given();
    int[] starts = new int[plan.rows().labels().size() + 1];
    for (int row : ofTask) {
      starts[given[row] + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    Rows rows = new Rows(new int[ofTask.length], new int[ofTask.length]);
    for (int row : ofTask) {
      int at = starts[given[row]]++;
      rows.positions[at] = positions[row];
      rows.labels[at] = given[row];
    }
    return rows;
  }

  /**
   * Scores one neuron.
   *
   * @return one score per slot of the plan, in its order [slots]; a neuron that is constant on the
   *     probing rows or has a NaN or an infinity among them has NaN scores
   */
  public NeuronScore[] score(NeuronValues values) {
    int slots = plan.slots().size();
    int trials = plan.trials().size();
    double[][] fitScores = new double[slots][trials];
    double[][] pValues = new double[slots][trials];
    double[] aucs = new double[slots];
    int ranked = 0;
    Confusion[] checks = check.empty();
    Fit first = null;
    for (int trial = 0; trial < trials; trial++) {
      Fit fit = fit(values, trial);
      first = trial == 0 ? fit : first;
      for (int slot = 0; slot < slots; slot++) {
        fitScores[slot][trial] = fit.scores()[slot];
      }
      test(values, trial, fit, pValues);
      if (fit.rules()[0] != null && checkRows[trial].labels.length > 0) {
        check(values, trial, fit, checks, aucs);
        ranked++;
      }
    }
    means = first.means();
    NeuronScore[] scores = new NeuronScore[slots];
    for (int slot = 0; slot < slots; slot++) {
      scores[slot] =
          score(first, slot, fitScores[slot], pValues[slot], checks[slot], aucs[slot] / ranked);
    }
    return scores;
  }

  private Fit fit(NeuronValues values, int trial) {
    Rows rows = fitRows[trial];
    if (countsOnly) {
      values.count(rows.positions, rows.labels, counts);
      return fitter.fit(counts, values.type());
    }
    values.sort(rows.positions, rows.labels, keys);
    return fitter.fit(keys, values.type());
  }

  /** Tests a trial's values, right after they were fitted, since what was sorted is used again. */
  private void test(NeuronValues values, int trial, Fit fit, double[][] pValues) {
    if (fit.rules()[0] == null) {
      for (double[] ofSlot : pValues) {
        ofSlot[trial] = Double.NaN;
      }
      return;
    }
    double[] found = pValues(values, trial, fit);
    for (int slot = 0; slot < found.length; slot++) {
      pValues[slot][trial] = found[slot];
    }
  }

  private double[] pValues(NeuronValues values, int trial, Fit fit) {
    Rows rows = testRows[trial];
    if (rows != null) {
      values.sort(rows.positions, rows.labels, keys);
      return tests[trial].pValues(fitter.labelAucs(keys), keys);
    }
    return countsOnly
        ? tests[trial].pValues(fit.labelAucs(), counts)
        : tests[trial].pValues(fit.labelAucs(), keys);
  }

  /**
   * Counts what a fit predicts on its check rows. For trials without a rule this is not called:
   * rows without predictions must neither count as wrong nor as luck.
   */
  private void check(NeuronValues values, int trial, Fit fit, Confusion[] checks, double[] aucs) {
    Rows rows = checkRows[trial];
    if (sortsChecks) {
      values.sort(rows.positions, rows.labels, keys);
    } else {
      values.copy(rows.positions, rows.labels, keys);
    }
    check.count(fit, fitter, keys, values.type(), checks);
    if (plan.metric() == Metric.AUC) {
      for (int slot = 0; slot < aucs.length; slot++) {
        if (plan.slots().get(slot).rule() != Rule.ONE_VS_REST) {
          aucs[slot] += fitter.auc(slot, fit, keys, values.type());
        }
      }
    }
  }

  /**
   * The score of one slot. AUC is the mean over the folds, since their rules may rank values in
   * different directions.
   */
  private NeuronScore score(
      Fit first,
      int slot,
      double[] fitScores,
      double[] pValues,
      Confusion checked,
      double checkedAuc) {
    FittedRule fitted = first.rules()[slot];
    if (fitted == null) {
      return new NeuronScore(null, fitScores, Double.NaN, Double.NaN, pValues);
    }
    double validation =
        switch (fitted.rule()) {
          // Detectors are scored by what they are cut by, whatever the metric.
          case ONE_VS_REST -> Metric.BALANCED_ACCURACY.of(checked);
          case ZERO, MIDPOINT, BEST_CUT, NEAREST_MEAN ->
              plan.metric() == Metric.AUC ? checkedAuc : plan.metric().of(checked);
        };
    return new NeuronScore(fitted, fitScores, first.aucs()[slot], validation, pValues);
  }

  /** The mean of each label on the probing rows, of the neuron that was scored last [labels]. */
  public double[] means() {
    return means;
  }

  /**
   * The rule of one neuron in one trial, fitted on its rows.
   *
   * @return nothing if the neuron cannot be selected
   */
  public Optional<FittedRule> fit(NeuronValues values, Slot slot, int trial) {
    return Optional.ofNullable(fit(values, trial).rules()[plan.slots().indexOf(slot)]);
  }
}
