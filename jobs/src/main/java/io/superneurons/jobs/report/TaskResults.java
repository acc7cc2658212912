package io.superneurons.jobs.report;

import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.ReliabilityBin;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All that the report tells of one task.
 *
 * @param chosen its Super Neurons
 * @param evaluations what they and the baselines reach
 * @param curves what other numbers of neurons and exit layers would have reached
 * @param reliability whether votes are right as often as label will say; may be empty
 * @param cells the best neuron of each layer and site
 * @param tried neurons that were scored
 * @param significant those with a q-value below 0.05
 */
record TaskResults(
    TaskSuperNeurons chosen,
    List<Evaluation> evaluations,
    List<CurvePoint> curves,
    List<ReliabilityBin> reliability,
    List<CellScore> cells,
    long tried,
    long significant) {
  public TaskResults {
    Objects.requireNonNull(chosen, "chosen");
    evaluations = List.copyOf(evaluations);
    curves = List.copyOf(curves);
    reliability = List.copyOf(reliability);
    cells = List.copyOf(cells);
  }

  String task() {
    return chosen.task();
  }

  String metric() {
    return chosen.metric().label();
  }

  /** What a method reaches on a set, by the metric that selection ranks by. */
  Optional<Evaluation> evaluation(String set, Method method) {
    return evaluations.stream()
        .filter(m -> m.set().equals(set) && m.metric().equals(metric()))
        .filter(m -> m.method().equals(method.label()))
        .findFirst();
  }

  /** The points of one set's curve, ascending. */
  List<CurvePoint> curve(CurvePoint.Along along, String set) {
    return curves.stream()
        .filter(point -> point.along() == along && point.set().equals(set))
        .sorted((a, b) -> Integer.compare(a.x(), b.x()))
        .toList();
  }

  /** The sets that a curve has points of, in the order in which sets are shown. */
  List<String> curveSets(CurvePoint.Along along) {
    TreeSet<String> sets = new TreeSet<>(Sets.ORDER);
    curves.stream().filter(p -> p.along() == along).forEach(p -> sets.add(p.set()));
    return List.copyOf(sets);
  }
}
