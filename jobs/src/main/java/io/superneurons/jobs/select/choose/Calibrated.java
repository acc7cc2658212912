package io.superneurons.jobs.select.choose;

import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.ReliabilityBin;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.neuron.cascade.Calibration;
import io.superneurons.neuron.cascade.Reliability;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.vote.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether the Super Neurons are right as often as label will say that they are, on the sets that
 * neither chose nor calibrated.
 *
 * @param errors expected calibration error of each set
 * @param bins the reliability diagram of each set
 */
record Calibrated(List<Evaluation> errors, List<ReliabilityBin> bins) {
  private static final String ERROR = "ece";

  /**
   * Judges the calibration of the task's own level.
   *
   * @param method the Super Neurons
   * @param heldOut the rows that calibrate
   */
  static Calibrated of(TaskRows rows, Sets sets, Evaluations.Method method, HeldOut heldOut) {
    Calibration calibration = Calibration.of(heldOut, 0);
    Calibrated judged = new Calibrated(new ArrayList<>(), new ArrayList<>());
    for (int set = TaskRows.TEST; set < rows.sets(); set++) {
      if (rows.size(set) > 0) {
        judged.add(rows, set, sets.name(set), method, calibration);
      }
    }
    return judged;
  }

  private void add(
      TaskRows rows, int set, String name, Evaluations.Method method, Calibration calibration) {
    Verdicts verdicts = method.draws().get(0);
    int[] decided =
        IntStream.range(rows.start(set), rows.end(set))
            .filter(row -> verdicts.predicted()[row] != Confusion.NO_LABEL)
            .toArray();
    if (decided.length == 0) {
      return;
    }
    double[] probabilities = new double[decided.length];
    boolean[] right = new boolean[decided.length];
    for (int i = 0; i < decided.length; i++) {
      int row = decided[i];
      probabilities[i] = calibration.probability(verdicts.margins()[row]);
      right[i] = verdicts.predicted()[row] == rows.given()[row];
    }
    Reliability reliability = Reliability.of(probabilities, right);
    errors.add(
        new Evaluation(
            rows.task(),
            name,
            method.name(),
            ERROR,
            reliability.error(),
            right.length,
            Optional.empty(),
            method.topK(),
            method.exitLayer()));
    for (Reliability.Bin bin : reliability.bins()) {
      bins.add(new ReliabilityBin(rows.task(), name, bin.probability(), bin.right(), bin.rows()));
    }
  }
}
