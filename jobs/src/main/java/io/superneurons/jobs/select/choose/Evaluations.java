package io.superneurons.jobs.select.choose;

import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Bootstrap;
import io.superneurons.neuron.vote.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Evaluates methods: every metric on every set. */
final class Evaluations {
  private Evaluations() {}

  /**
   * A method's verdicts on all rows of a task; several where it was drawn several times.
   *
   * @param topK neurons that vote, if it has any
   * @param exitLayer the largest layer that has to run, if it is known
   */
  record Method(String name, List<Verdicts> draws, OptionalInt topK, OptionalInt exitLayer) {}

  /** All metrics of a method on every set that has rows. */
  static List<Evaluation> of(TaskRows rows, Sets sets, Method method, long seed) {
    List<Evaluation> evaluations = new ArrayList<>();
    for (int set = 0; set < rows.sets(); set++) {
      if (rows.size(set) > 0 && !method.draws.isEmpty()) {
        evaluations.addAll(of(rows, set, sets.name(set), method, seed));
      }
    }
    return evaluations;
  }

  private static List<Evaluation> of(
      TaskRows rows, int set, String name, Method method, long seed) {
    int labels = rows.labels().size();
    int[] given = Arrays.copyOfRange(rows.given(), rows.start(set), rows.end(set));
    List<Verdicts> draws =
        method.draws.stream().map(draw -> draw.of(rows.start(set), rows.end(set))).toList();
    int[] images = Arrays.copyOfRange(rows.images(), rows.start(set), rows.end(set));
    Bootstrap[] intervals =
        draws.size() == 1 ? Bootstrap.of(given, images, draws.get(0), labels, seed) : null;
    List<Evaluation> evaluations = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      double mean =
          draws.stream()
              .mapToDouble(draw -> draw.score(metric, given, labels))
              .average()
              .orElseThrow();
      evaluations.add(
          new Evaluation(
              rows.task(),
              name,
              method.name,
              metric.label(),
              mean,
              given.length,
              intervals == null
                  ? Optional.empty()
                  : Optional.of(interval(intervals[metric.ordinal()])),
              method.topK,
              method.exitLayer));
    }
    return evaluations;
  }

  private static Evaluation.Interval interval(Bootstrap resampled) {
    return new Evaluation.Interval(resampled.low(), resampled.high());
  }

  /** By method, then set, then metric, with the number of rows; as superneurons.json has it. */
  static Map<String, Map<String, Map<String, Double>>> byMethod(List<Evaluation> all) {
    Map<String, Map<String, Map<String, Double>>> byMethod = new LinkedHashMap<>();
    for (Evaluation one : all) {
      Map<String, Double> metrics =
          byMethod
              .computeIfAbsent(one.method(), m -> new LinkedHashMap<>())
              .computeIfAbsent(one.set(), s -> new LinkedHashMap<>());
      metrics.putIfAbsent("rows", (double) one.rows());
      metrics.put(one.metric(), one.value());
    }
    return byMethod;
  }
}
