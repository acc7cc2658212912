package io.superneurons.neuron.rule;

import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.values.Keys;
import io.superneurons.neuron.values.LabelledKeys;
import java.util.Arrays;
import java.util.List;

/** Counts what fitted rules predict on rows that they were not fitted on. */
public final class RuleCheck {
  private final List<Slot> slots;
  private final int labels;

  // Of each label [labels]: its rows, rows where its detector fires, those that are rightly so,
  // and the key of its detector's threshold.
  private final int[] given;
  private final int[] fired;
  private final int[] firedRightly;
  private final int[] thresholds;

  /** For the rules of those slots, on a task with that many labels. */
  public RuleCheck(List<Slot> slots, int labels) {
    this.slots = slots;
    this.labels = labels;
    given = new int[labels];
    fired = new int[labels];
    firedRightly = new int[labels];
    thresholds = new int[labels];
  }

  /**
   * One confusion per slot, without rows yet [slots]. That of a detector has two labels: 1 for its
   * own label, 0 for all others.
   */
  public Confusion[] empty() {
    return slots.stream()
        .map(slot -> new Confusion(slot.rule() == Rule.ONE_VS_REST ? 2 : labels))
        .toArray(Confusion[]::new);
  }

  /**
   * Counts rows.
   *
   * @param fit the rules
   * @param fitter that fitted them
   * @param rows in any order; by ascending key where there are detectors
   * @param type which values the keys stand for
   * @param into gets the rows; one confusion per slot [slots]
   */
  public void count(Fit fit, RuleFitter fitter, LabelledKeys rows, Keys type, Confusion[] into) {
    boolean detects = false;
    for (int slot = 0; slot < into.length; slot++) {
      FittedRule rule = fit.rules()[slot];
      switch (rule.rule()) {
        case ZERO, MIDPOINT, BEST_CUT -> cut(rule, rows, type, into[slot]);
        case NEAREST_MEAN -> into[slot].add(fitter.confusion(rule, rows, type));
        case ONE_VS_REST -> {
          thresholds[rule.detected()] = type.floor(rule.thresholds()[0]);
          detects = true;
        }
      }
    }
    if (detects) {
      fire(fit, rows, type);
      for (int slot = 0; slot < into.length; slot++) {
        detector(slots.get(slot).detected(), rows.size(), into[slot]);
      }
    }
  }

  private void cut(FittedRule rule, LabelledKeys rows, Keys type, Confusion into) {
    int threshold = type.floor(rule.thresholds()[0]);
    int[] keys = rows.keys();
    int[] ofLabels = rows.labels();
    int above = 0;
    int positivesAbove = 0;
    int positives = 0;
    int withoutValue = 0;
    for (int row = 0; row < rows.size(); row++) {
      int isAbove = keys[row] > threshold ? 1 : 0;
      above += isAbove;
      positivesAbove += isAbove & ofLabels[row];
      positives += ofLabels[row];
      withoutValue += type.isNaN(keys[row]) ? 1 : 0;
    }
    if (withoutValue > 0) {
      oneByOne(rule, rows, type, into);
      return;
    }
    int negatives = rows.size() - positives;
    int negativesAbove = above - positivesAbove;
    boolean up = rule.polarity() > 0;
    into.add(0, up ? 1 : 0, negativesAbove);
    into.add(0, up ? 0 : 1, negatives - negativesAbove);
    into.add(1, up ? 1 : 0, positivesAbove);
    into.add(1, up ? 0 : 1, positives - positivesAbove);
  }

  private static void oneByOne(FittedRule rule, LabelledKeys rows, Keys type, Confusion into) {
    for (int row = 0; row < rows.size(); row++) {
      into.add(rows.labels()[row], rule.vote(type.value(rows.keys()[row])));
    }
  }

  /**
   * Counts for all detectors at once, so that the cost is not the number of detectors times the
   * number of rows.
   */
  private void fire(Fit fit, LabelledKeys rows, Keys type) {
    Arrays.fill(given, 0);
    Arrays.fill(fired, 0);
    Arrays.fill(firedRightly, 0);
    int[] keys = rows.keys();
    int from = 0;
    int to = rows.size();
    while (from < to && type.isNaN(keys[from])) {
      given[rows.labels()[from++]]++;
    }
    while (from < to && type.isNaN(keys[to - 1])) {
      given[rows.labels()[--to]]++;
    }
    for (int slot = 0; slot < slots.size(); slot++) {
      int label = slots.get(slot).detected();
      if (label != Confusion.NO_LABEL) {
        int above = to - firstAbove(thresholds[label], keys, from, to);
        fired[label] = rises(fit, slot) ? above : to - from - above;
      }
    }
    for (int row = from; row < to; row++) {
      int label = rows.labels()[row];
      given[label]++;
      firedRightly[label] += keys[row] > thresholds[label] ? 1 : 0;
    }
    for (int slot = 0; slot < slots.size(); slot++) {
      int label = slots.get(slot).detected();
      if (label != Confusion.NO_LABEL && !rises(fit, slot)) {
        firedRightly[label] = valued(label, rows, from, to) - firedRightly[label];
      }
    }
  }

  private static boolean rises(Fit fit, int slot) {
    return fit.rules()[slot].polarity() > 0;
  }

  /** How many rows of the label have a value; all of them, unless some values are NaN. */
  private int valued(int label, LabelledKeys rows, int from, int to) {
    if (to - from == rows.size()) {
      return given[label];
    }
    int count = 0;
    for (int row = from; row < to; row++) {
      count += rows.labels()[row] == label ? 1 : 0;
    }
    return count;
  }

  private static int firstAbove(int threshold, int[] keys, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (keys[middle] > threshold) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void detector(int label, int rows, Confusion into) {
    if (label == Confusion.NO_LABEL) {
      return;
    }
    int others = rows - given[label];
    int falseAlarms = fired[label] - firedRightly[label];
    into.add(1, 1, firedRightly[label]);
    into.add(1, 0, given[label] - firedRightly[label]);
    into.add(0, 1, falseAlarms);
    into.add(0, 0, others - falseAlarms);
  }
}
