package io.superneurons.jobs.select.choose;

import io.superneurons.jobs.results.Comparison;
import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.OtherAnswer;
import io.superneurons.jobs.results.ReliabilityBin;
import io.superneurons.jobs.results.SharedNeuron;
import io.superneurons.jobs.results.Transfer;
import io.superneurons.neuron.cascade.Calibration;
import io.superneurons.neuron.chosen.ExitPoint;
import io.superneurons.neuron.chosen.TaskProfile;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.statistics.Permutations;
import io.superneurons.neuron.vote.Verdicts;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written for one task.
 *
 * @param superNeurons that were chosen
 * @param evaluations of them and of the baselines
 * @param curves what other choices would have reached
 * @param reliability whether votes are right as often as their calibration says
 * @param comparisons of the Super Neurons with the baselines, row by row
 * @param others the most frequent of the model's own answers that name no label
 * @param judged what the Super Neurons say of every row
 * @param best the task's best neurons, chosen or not
 * @param transfers what the Super Neurons are worth on other tasks; empty until they are profiled
 */
public record Selected(
    TaskSuperNeurons superNeurons,
    List<Evaluation> evaluations,
    List<CurvePoint> curves,
    List<ReliabilityBin> reliability,
    List<Comparison> comparisons,
    List<OtherAnswer> others,
    Judged judged,
    List<SharedNeuron> best,
    List<Transfer> transfers) {
  /**
   * What the Super Neurons say of every row of the task.
   *
   * @param verdicts by their votes
   * @param calibration of their margins
   */
  public record Judged(Verdicts verdicts, Calibration calibration) {}

  /** The same with more points of curves. */
  Selected with(List<CurvePoint> points) {
    List<CurvePoint> all = new ArrayList<>(curves);
    all.addAll(points);
    return new Selected(
        superNeurons, evaluations, all, reliability, comparisons, others, judged, best, transfers);
  }

  /** The same with the exit plan of several sizes of images. */
  public Selected withExitPlan(List<ExitPoint> exits) {
    return with(superNeurons.withExitPlan(exits));
  }

  Selected with(Permutations permutations) {
    return with(superNeurons.with(permutations));
  }

  private Selected with(TaskSuperNeurons same) {
    return new Selected(
        same, evaluations, curves, reliability, comparisons, others, judged, best, transfers);
  }

  Selected with(TaskProfile probing, List<Transfer> found) {
    return new Selected(
        superNeurons.withProbing(probing),
        evaluations,
        curves,
        reliability,
        comparisons,
        others,
        judged,
        best,
        found);
  }
}
