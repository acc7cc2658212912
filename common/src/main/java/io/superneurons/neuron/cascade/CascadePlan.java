package io.superneurons.neuron.cascade;

import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.Margins;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Thresholds of a cascade, and what they give on held-out rows.
 *
 * @param thresholds of the margin, in thousandths: rows below go on; one a level, but for the
 *     deepest where that is the last resort
 * @param decided rows that each level decides, and at last the model where that is the last resort
 * @param right rows that get their label
 * @param layers decoder layers that all rows together take
 */
public record CascadePlan(List<Integer> thresholds, List<Integer> decided, int right, long layers) {
  public CascadePlan {
    thresholds = List.copyOf(thresholds);
    decided = List.copyOf(decided);
  }

  /**
   * What thresholds give on held-out rows.
   *
   * @param last the last resort
   * @param layers decoder layers that a row takes which is decided at each level, and at last by
   *     the model where that is the last resort
   * @param margins the thresholds, one a level but for the last resort
   */
  public static CascadePlan of(
      HeldOut heldOut, LastResort last, int[] layers, List<Double> margins) {
    int[] thresholds = margins.stream().mapToInt(CascadePlan::above).toArray();
    return of(heldOut, last, layers, thresholds);
  }

  /** The least whole thousandths that are not below a threshold. */
  private static int above(double threshold) {
    int below = Margins.thousandths(threshold);
    return Margins.value(below) < threshold ? below + 1 : below;
  }

  /**
   * @param thresholds in thousandths
   */
  static CascadePlan of(HeldOut heldOut, LastResort last, int[] layers, int[] thresholds) {
    int rungs = rungs(heldOut, last);
    int[] decided = new int[rungs];
    int right = 0;
    long cost = 0;
    for (int kind = 0; kind < heldOut.rows().length; kind++) {
      int rung = 0;
      while (rung < thresholds.length && heldOut.margins()[rung][kind] < thresholds[rung]) {
        rung++;
      }
      decided[rung] += heldOut.rows()[kind];
      right += isRight(heldOut, rung, kind) ? heldOut.rows()[kind] : 0;
      cost += (long) layers[rung] * heldOut.rows()[kind];
    }
    return new CascadePlan(
        Arrays.stream(thresholds).boxed().toList(),
        Arrays.stream(decided).boxed().toList(),
        right,
        cost);
  }

  /**
   * Decoder layers that a row takes which is decided at each level, and at last by the model where
   * that is the last resort.
   *
   * @param layers of the whole model
   */
  public static int[] layersTaken(List<Level> levels, LastResort last, int layers) {
    IntStream taken = levels.stream().mapToInt(level -> level.exitLayer() + 1);
    return last == LastResort.MODEL
        ? IntStream.concat(taken, IntStream.of(layers)).toArray()
        : taken.toArray();
  }

  /** Levels, and the model where it is the last resort. */
  static int rungs(HeldOut heldOut, LastResort last) {
    return heldOut.levels() + (last == LastResort.MODEL ? 1 : 0);
  }

  static boolean isRight(HeldOut heldOut, int rung, int kind) {
    return rung < heldOut.levels() ? heldOut.right()[rung][kind] : heldOut.answerRight()[kind];
  }

  /** Rows in all. */
  public int rows() {
    return decided.stream().mapToInt(Integer::intValue).sum();
  }

  /** The share of rows that get their label. */
  public double accuracy() {
    return right / (double) rows();
  }

  /** Shares of the rows that each level decides, and at last the model. */
  public double[] shares() {
    return decided.stream().mapToDouble(count -> count / (double) rows()).toArray();
  }

  /** Decoder layers that a row takes on average. */
  public double meanLayers() {
    return layers / (double) rows();
  }

  /** The thresholds as margins. */
  public List<Double> margins() {
    return thresholds.stream().map(Margins::value).toList();
  }
}
