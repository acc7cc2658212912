package io.superneurons.jobs.select.choose;

import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.results.Precision;
import io.superneurons.neuron.choose.Choice;
import io.superneurons.neuron.choose.Chooser;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FewerRows;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.vote.Voting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the whole selection would come to with fewer rows to fit on, judged on the rows that choose,
 * which have no say in what judges them: so whether more rows are worth their labels. Tasks with
 * many rows are left out.
 */
public final class LearningCurves {
  private static final List<Double> SHARES = List.of(0.125, 0.25, 0.5);

  private final Searches searches;
  private final List<OpenTask> tasks;
  private final int mostRows;

  /** A task with fewer rows. */
  private record Smaller(int task, OpenTask open) {}

  /**
   * @param tasks those of the scan, in its order
   * @param mostRows probing and validation rows of a task that is not left out
   */
  public LearningCurves(Searches searches, List<OpenTask> tasks, int mostRows) {
    this.searches = searches;
    this.tasks = List.copyOf(tasks);
    this.mostRows = mostRows;
  }

  /**
   * Adds the curves to what was selected.
   *
   * @param outcomes one per task, in their order
   */
  public List<Optional<Selected>> added(List<Optional<Selected>> outcomes) {
    List<Smaller> smaller = new ArrayList<>();
    for (int task = 0; task < tasks.size(); task++) {
      if (outcomes.get(task).isPresent()
          && tasks.get(task).plan().rows().end(TaskRows.VALIDATION) <= mostRows) {
        smaller.addAll(smaller(task, outcomes.get(task).get().superNeurons().voting()));
      }
    }
    List<OpenTask> open = smaller.stream().map(Smaller::open).toList();
    List<Optional<CurvePoint>> found =
        searches.run(open, (task, searched) -> point(task, searched.chooser()));
    return IntStream.range(0, outcomes.size())
        .mapToObj(task -> outcomes.get(task).map(o -> added(o, task, smaller, found)))
        .toList();
  }

  /** With the way to vote that all rows chose: all ways on all shares would take far longer. */
  private List<Smaller> smaller(int task, Voting voting) {
    OpenTask open = tasks.get(task);
    FewerRows fewer = new FewerRows(open.plan());
    return SHARES.stream()
        .map(fewer::at)
        .flatMap(Optional::stream)
        .map(plan -> new Smaller(task, open.with(plan, voting)))
        .toList();
  }

  /** Nothing where fewer rows leave no neuron to choose, or nobody to judge the choice. */
  private static Optional<CurvePoint> point(OpenTask task, Chooser chooser) {
    List<Choice> choices = chooser.all(task.space());
    double score =
        choices.isEmpty() ? Double.NaN : chooser.nestedScore(choices, task.space().tolerance());
    return Double.isNaN(score) ? Optional.empty() : Optional.of(point(task.plan(), score));
  }

  private static CurvePoint point(TaskPlan plan, double score) {
    return new CurvePoint(
        plan.rows().task(),
        ChosenOn.CROSS_VALIDATION.label(),
        CurvePoint.Along.ROWS_PER_LABEL,
        (int) Math.round(FewerRows.rowsPerLabel(plan)),
        score);
  }

  private Selected added(
      Selected selected, int task, List<Smaller> smaller, List<Optional<CurvePoint>> found) {
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 0; i < smaller.size(); i++) {
      if (smaller.get(i).task() == task) {
        found.get(i).ifPresent(points::add);
      }
    }
    if (!points.isEmpty()) {
      all(selected, tasks.get(task).plan()).ifPresent(points::add);
    }
    return selected.with(points);
  }

  /** The point of the selection itself. */
  private static Optional<CurvePoint> all(Selected selected, TaskPlan plan) {
    Map<String, Double> nested =
        selected.superNeurons().metrics().getOrDefault(Precision.NESTED, Map.of());
    return Optional.ofNullable(nested.get(plan.metric().label())).map(score -> point(plan, score));
  }
}
