package io.superneurons.neuron.cascade;

import io.superneurons.activation.ModelLayers;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.Margins;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Thresholds of a cascade, and what they give on held-out rows.
 *
 * @param thresholds of the margin, in thousandths: rows below go on; one per level, except the
 *     deepest where that is the last resort
 * @param decided how many rows each level decides, then the model where that is the last resort
 * @param right rows that get their label
 * @param layers that all rows together take, see {@link #layersTaken}
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
   * @param layers see {@link #layersTaken}
   * @param margins the thresholds, one per level, except the deepest where that is the last resort
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
   * What thresholds give on held-out rows.
   *
   * @param layers see {@link #layersTaken}
   * @param thresholds in thousandths, one per margin that is compared
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
   * For each level, how many layers a row runs through that is decided there; then the same for the
   * model where that is the last resort. Layers are those of the decoder, before which every row
   * takes the whole tower; where a level exits within the tower, its layers count too.
   *
   * @param layers of the whole model
   */
  public static int[] layersTaken(List<Level> levels, LastResort last, ModelLayers layers) {
    boolean parts = levels.stream().anyMatch(level -> level.exitLayer().inTower());
    int before = parts ? layers.tower() : 0;
    IntStream taken =
        levels.stream()
            .map(Level::exitLayer)
            .mapToInt(exit -> exit.number() + 1 + (exit.inTower() ? 0 : before));
    return last == LastResort.MODEL
        ? IntStream.concat(taken, IntStream.of(before + layers.decoder())).toArray()
        : taken.toArray();
  }

  /** How many deciders there are: the levels, and the model where it is the last resort. */
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

  /** The share of rows that get the right label. */
  public double accuracy() {
    return right / (double) rows();
  }

  /** The share of rows that each level decides, then the model where it is the last resort. */
  public double[] shares() {
    return decided.stream().mapToDouble(count -> count / (double) rows()).toArray();
  }

  /** How many layers a row runs through on average, see {@link #layersTaken}. */
  public double meanLayers() {
    return layers / (double) rows();
  }

  /** The thresholds as margins. */
  public List<Double> margins() {
    return thresholds.stream().map(Margins::value).toList();
  }
}
