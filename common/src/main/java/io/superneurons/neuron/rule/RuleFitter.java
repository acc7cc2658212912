package io.superneurons.neuron.rule;

import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.values.KeyCounts;
import io.superneurons.neuron.values.Keys;
import io.superneurons.neuron.values.LabelledKeys;
import java.util.Arrays;
import java.util.List;

/** Fits all rules of a plan on one neuron's sorted values. It is reused for neuron after neuron. */
public final class RuleFitter {
  private final List<Slot> slots;
  private final int labels;
  private final Metric metric;
  private final Ladder ladder = new Ladder();
  private final KeyCounts counts = new KeyCounts();
  private final Detectors detectors;
  private final LabelAucs labelAucs;
  private final boolean detects;

  /**
   * @param slots whose rules are fitted
   * @param labels how many the task has
   * @param metric that cuts and scores are chosen by
   */
  public RuleFitter(List<Slot> slots, int labels, Metric metric) {
    this.slots = slots;
    this.labels = labels;
    this.metric = metric;
    this.detectors = new Detectors(labels);
    this.labelAucs = new LabelAucs(labels);
    this.detects = slots.stream().anyMatch(slot -> slot.rule() == Rule.ONE_VS_REST);
  }

  /** Whether the counts of two labels' keys are all that the rules need. */
  public boolean needsOnlyCounts() {
    return labels == 2 && slots.stream().allMatch(slot -> isCut(slot.rule()));
  }

  private static boolean isCut(Rule rule) {
    return switch (rule) {
      case ZERO, MIDPOINT, BEST_CUT -> true;
      case NEAREST_MEAN, ONE_VS_REST -> false;
    };
  }

  /**
   * Fits every rule from counts alone: only where {@link #needsOnlyCounts}, and both labels must
   * have rows.
   */
  public Fit fit(KeyCounts counted, Keys type) {
    ladder.climb(counted, type);
    Fit fit = unfitted(ladder.means());
    if (ladder.isUsable()) {
      rankTwo(fit);
      for (int slot = 0; slot < slots.size(); slot++) {
        fit(slot, fit);
      }
    }
    return fit;
  }

  /**
   * Fits every rule.
   *
   * @param sorted rows by ascending key, and by label where keys are equal; every label must have
   *     one
   * @param type which values the keys stand for
   */
  public Fit fit(LabelledKeys sorted, Keys type) {
    if (labels == 2) {
      counts.count(sorted);
      ladder.climb(counts, type);
    }
    double[] means = labels == 2 ? ladder.means() : means(sorted, type);
    Fit fit = unfitted(means);
    int last = sorted.size() - 1;
    int[] keys = sorted.keys();
    if (keys[0] == keys[last] || !type.isFinite(keys[0]) || !type.isFinite(keys[last])) {
      return fit;
    }
    rank(sorted, fit);
    if (detects) {
      detectors.find(sorted, type);
    }
    for (int slot = 0; slot < slots.size(); slot++) {
      fit(slot, sorted, type, fit);
    }
    return fit;
  }

  private Fit unfitted(double[] means) {
    double[] scores = new double[slots.size()];
    double[] aucs = new double[slots.size()];
    Arrays.fill(scores, Double.NaN);
    Arrays.fill(aucs, Double.NaN);
    double[] labelAucs = new double[labels];
    Arrays.fill(labelAucs, Double.NaN);
    return new Fit(new FittedRule[slots.size()], scores, aucs, means, labelAucs);
  }

  /**
   * The mean of each label [labels]. Values are added in ascending order, so that the result does
   * not depend on the order of rows.
   */
  private double[] means(LabelledKeys sorted, Keys type) {
    double[] means = new double[labels];
    int[] counts = new int[labels];
    for (int row = 0; row < sorted.size(); row++) {
      int label = sorted.labels()[row];
      means[label] += type.value(sorted.keys()[row]);
      counts[label]++;
    }
    for (int label = 0; label < labels; label++) {
      means[label] /= counts[label];
    }
    return means;
  }

  private void rank(LabelledKeys sorted, Fit fit) {
    if (labels == 2) {
      rankTwo(fit);
      return;
    }
    labelAucs.rank(sorted);
    System.arraycopy(labelAucs.all(), 0, fit.labelAucs(), 0, labels);
    double mean = labelAucs.mean(fit.falls());
    for (int slot = 0; slot < slots.size(); slot++) {
      int detected = slots.get(slot).detected();
      fit.aucs()[slot] = detected == Confusion.NO_LABEL ? mean : labelAucs.auc(detected);
    }
  }

  private void rankTwo(Fit fit) {
    double auc = ladder.auc();
    fit.labelAucs()[0] = 1 - auc;
    fit.labelAucs()[1] = auc;
    Arrays.fill(fit.aucs(), auc);
  }

  private void fit(int slot, Fit fit) {
    Rule rule = slots.get(slot).rule();
    switch (rule) {
      case ZERO -> cut(slot, ladder.at(0, metric), fit);
      case MIDPOINT -> {
        double midpoint = (fit.means()[0] + fit.means()[1]) / 2;
        cut(slot, ladder.at(midpoint, metric), fit);
      }
      case BEST_CUT -> cut(slot, ladder.bestCut(metric), fit);
      case NEAREST_MEAN, ONE_VS_REST -> throw new IllegalStateException(rule + " is no cut");
    }
  }

  private void fit(int slot, LabelledKeys sorted, Keys type, Fit fit) {
    Slot wanted = slots.get(slot);
    switch (wanted.rule()) {
      case ZERO, MIDPOINT, BEST_CUT -> fit(slot, fit);
      case NEAREST_MEAN -> {
        fit.rules()[slot] = FittedRule.nearestMean(fit.means());
        fit.scores()[slot] =
            metric == Metric.AUC
                ? nearestMeanAuc(slot, fit)
                : metric.of(confusion(fit.rules()[slot], sorted, type));
      }
      case ONE_VS_REST -> {
        Cut cut = detectors.cut(wanted.detected());
        fit.rules()[slot] = FittedRule.detector(wanted.detected(), cut.polarity(), cut.threshold());
        fit.scores()[slot] = cut.score();
      }
    }
  }

  /**
   * Where the metric is AUC, the score is how well the values rank rows, in the direction of the
   * cut's polarity.
   */
  private void cut(int slot, Cut cut, Fit fit) {
    fit.rules()[slot] = FittedRule.cut(slots.get(slot).rule(), cut.polarity(), cut.threshold());
    double auc = fit.aucs()[slot];
    double ranks = cut.polarity() > 0 ? auc : 1 - auc;
    fit.scores()[slot] = metric == Metric.AUC ? ranks : cut.score();
  }

  private double nearestMeanAuc(int slot, Fit fit) {
    double auc = fit.aucs()[slot];
    return labels > 2 ? auc : Math.max(auc, 1 - auc);
  }

  /**
   * What a nearest-mean rule predicts on rows; neighbouring rows with equal keys are looked up
   * once.
   */
  Confusion confusion(FittedRule rule, LabelledKeys rows, Keys type) {
    Confusion confusion = new Confusion(labels);
    int vote = Confusion.NO_LABEL;
    for (int row = 0; row < rows.size(); row++) {
      int key = rows.keys()[row];
      if (row == 0 || key != rows.keys()[row - 1]) {
        vote = rule.vote(type.value(key));
      }
      confusion.add(rows.labels()[row], vote);
    }
    return confusion;
  }

  /**
   * The AUC of the values on other rows, in the directions that were fitted.
   *
   * @param slot index of the slot
   * @param sorted rows by ascending key, and by label where keys are equal
   */
  public double auc(int slot, Fit fit, LabelledKeys sorted, Keys type) {
    if (labels > 2) {
      labelAucs.rank(sorted);
      return labelAucs.mean(fit.falls());
    }
    counts.count(sorted);
    ladder.climb(counts, type);
    FittedRule rule = fit.rules()[slot];
    boolean falls = rule.rule() == Rule.NEAREST_MEAN ? fit.falls()[1] : rule.polarity() < 0;
    return falls ? 1 - ladder.auc() : ladder.auc();
  }

  /**
   * The AUC of the values for each label against the rest, on any rows [labels].
   *
   * @param sorted rows by ascending key, and by label where keys are equal
   */
  public double[] labelAucs(LabelledKeys sorted) {
    labelAucs.rank(sorted);
    return labelAucs.all();
  }
}
