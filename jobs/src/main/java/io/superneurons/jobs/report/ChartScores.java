package io.superneurons.jobs.report;

import io.superneurons.jobs.report.read.Method;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.results.Evaluation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The scores that charts of all tasks show, so that a kind of chart has one scale.
 *
 * @param byExit of charts against exits, the model's own answers included
 * @param byNeurons of charts against the number of neurons
 * @param byRows of charts against the number of labelled rows
 */
record ChartScores(List<Double> byExit, List<Double> byNeurons, List<Double> byRows) {
  ChartScores {
    byExit = List.copyOf(byExit);
    byNeurons = List.copyOf(byNeurons);
    byRows = List.copyOf(byRows);
  }

  /**
   * The scores of some tasks.
   *
   * @param judging the sets that chose nothing
   */
  static ChartScores of(List<TaskResults> tasks, List<String> judging) {
    Stream<Double> own =
        tasks.stream()
            .flatMap(
                task ->
                    judging.stream()
                        .limit(1)
                        .flatMap(set -> task.evaluation(set, Method.MODEL_ANSWER).stream()))
            .map(Evaluation::value);
    return new ChartScores(
        Stream.concat(
                curves(
                    tasks, Set.of(CurvePoint.Along.EXIT_LAYER, CurvePoint.Along.EXIT_TOWER_LAYER)),
                own)
            .toList(),
        curves(tasks, Set.of(CurvePoint.Along.TOP_K)).toList(),
        curves(tasks, Set.of(CurvePoint.Along.ROWS_PER_LABEL)).toList());
  }

  private static Stream<Double> curves(List<TaskResults> tasks, Set<CurvePoint.Along> along) {
    return tasks.stream()
        .flatMap(task -> task.curves().stream())
        .filter(point -> !point.set().equals(Sets.PROBE))
        .filter(point -> along.contains(point.along()))
        .map(CurvePoint::value);
  }
}
