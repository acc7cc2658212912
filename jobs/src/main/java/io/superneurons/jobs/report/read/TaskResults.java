package io.superneurons.jobs.report.read;

import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.results.Comparison;
import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.OtherAnswer;
import io.superneurons.jobs.results.ReliabilityBin;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.LabelsFrom;
import io.superneurons.neuron.statistics.Discoveries;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.statistics.PairedTest;
import io.superneurons.neuron.statistics.Permutations;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that the report tells of one task.
 *
 * @param chosen its Super Neurons
 * @param evaluations what they and the baselines reach
 * @param curves what other numbers of neurons and exit layers would have reached
 * @param reliability whether votes are right as often as label will say; may be empty
 * @param comparisons with the baselines; empty in selections of earlier versions
 * @param others the most frequent of the model's own answers that name no label; may be empty
 * @param cells the best neuron of each layer and site
 * @param tried neurons that were scored
 * @param significant those with a q-value of at most 0.05
 */
public record TaskResults(
    TaskSuperNeurons chosen,
    List<Evaluation> evaluations,
    List<CurvePoint> curves,
    List<ReliabilityBin> reliability,
    List<Comparison> comparisons,
    List<OtherAnswer> others,
    List<CellScore> cells,
    long tried,
    long significant) {
  public TaskResults {
    Objects.requireNonNull(chosen, "chosen");
    evaluations = List.copyOf(evaluations);
    curves = List.copyOf(curves);
    reliability = List.copyOf(reliability);
    comparisons = List.copyOf(comparisons);
    others = List.copyOf(others);
    cells = List.copyOf(cells);
  }

  public String task() {
    return chosen.task();
  }

  public String metric() {
    return chosen.metric().label();
  }

  /** What a method reaches on a set, by the metric that selection ranks by. */
  public Optional<Evaluation> evaluation(String set, Method method) {
    return evaluation(set, method, metric());
  }

  /** The share of a set's rows that a method gets right. */
  public Optional<Evaluation> accuracy(String set, Method method) {
    return evaluation(set, method, Metric.ACCURACY.label());
  }

  /**
   * The share of a set's rows on which a method says the label that they were given, where it
   * learnt from the model's answers.
   */
  public Optional<Evaluation> trueAccuracy(String set, Method method) {
    return evaluation(set, method, Evaluation.TRUE_ACCURACY);
  }

  /** Whether labels are the model's own answers. */
  public boolean learntFromAnswers() {
    return chosen.chosen().labelsFrom() == LabelsFrom.ANSWER;
  }

  /** Whether luck does not explain what was chosen, as far as that was looked at. */
  public boolean found() {
    return chosen.chosen().permutations().map(Permutations::found).orElse(true)
        && chosen.chosen().discoveries().map(Discoveries::any).orElse(true);
  }

  /** Whether the model has answered, and none of its answers on a set's rows names a label. */
  public boolean answersOutsideTheLabels(String set) {
    return evaluation(set, Method.MODEL_ANSWER, Evaluation.COVERAGE)
        .filter(named -> named.value() == 0 && !others.isEmpty())
        .isPresent();
  }

  private Optional<Evaluation> evaluation(String set, Method method, String metric) {
    return evaluations.stream()
        .filter(m -> m.set().equals(set) && m.metric().equals(metric))
        .filter(m -> m.method().equals(method.label()))
        .findFirst();
  }

  /** How Super Neurons compare with a baseline on a set, where that is known. */
  public Optional<PairedTest> compared(String set, Method method) {
    return comparisons.stream()
        .filter(one -> one.set().equals(set) && one.method().equals(method.label()))
        .map(Comparison::test)
        .findFirst();
  }

  /** The most frequent of the model's own answers that name no label, in words. */
  public String otherAnswers() {
    return others.stream()
        .map(other -> "“" + other.answer() + "” (" + Numbers.count(other.rows()) + ")")
        .collect(Collectors.joining(", "));
  }

  /** The points of one set's curve, ascending. */
  public List<CurvePoint> curve(CurvePoint.Along along, String set) {
    return curves.stream()
        .filter(point -> point.along() == along && point.set().equals(set))
        .sorted((a, b) -> Integer.compare(a.x(), b.x()))
        .toList();
  }

  /** The sets that a curve has points of, in the order in which sets are shown. */
  public List<String> curveSets(CurvePoint.Along along) {
    TreeSet<String> sets = new TreeSet<>(Sets.ORDER);
    curves.stream().filter(p -> p.along() == along).forEach(p -> sets.add(p.set()));
    return List.copyOf(sets);
  }
}
