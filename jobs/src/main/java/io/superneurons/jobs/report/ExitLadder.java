package io.superneurons.jobs.report;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.report.CostPlot.Exit;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.markup.Svg;
import io.superneurons.jobs.report.read.ExitCost;
import io.superneurons.jobs.report.read.Method;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.results.CurvePoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * Draws what every exit reaches against what it costs; at the right the whole model with its own
 * answer.
 */
final class ExitLadder {
  private final TaskResults task;
  private final ExitCost cost;
  private final List<String> sets;
  private final List<Double> scores;

  /**
   * @param scores that the vertical axis has room for
   */
  ExitLadder(TaskResults task, ExitCost cost, List<Double> scores) {
    this.task = task;
    this.cost = cost;
    this.scores = scores;
    TreeSet<String> all = new TreeSet<>(Sets.ORDER);
    all.addAll(task.curveSets(CurvePoint.Along.EXIT_TOWER_LAYER));
    all.addAll(task.curveSets(CurvePoint.Along.EXIT_LAYER));
    all.remove(Sets.PROBE);
    this.sets = List.copyOf(all);
  }

  /** Whether there is anything to draw. */
  boolean any() {
    return !sets.isEmpty();
  }

  /** The drawing and its legend. */
  List<Element> draw() {
    CostPlot plot =
        new CostPlot(
            "Score of every exit against its cost", scores, "cost, as a share of a whole pass");
    for (String set : sets) {
      plot.add(new CostPlot.Line(Sets.title(set), SetStyle.of(set, sets), exits(set)));
    }
    plot.addNames(exits(judged()), task.chosen().exitLayer());
    own().ifPresent(score -> plot.svg().add(ownAnswer(plot, score)));
    return List.of(plot.svg(), Legend.of(sets));
  }

  /** The set whose points are named: the first that chose nothing, else the last that chose. */
  private String judged() {
    List<String> judging = Sets.judging(List.of(task));
    return judging.stream().filter(sets::contains).findFirst().orElse(sets.get(sets.size() - 1));
  }

  private OptionalDouble own() {
    return task.evaluation(judged(), Method.MODEL_ANSWER)
        .map(own -> OptionalDouble.of(own.value()))
        .orElse(OptionalDouble.empty());
  }

  private List<Exit> exits(String set) {
    List<Exit> exits = new ArrayList<>();
    for (CurvePoint point : task.curve(CurvePoint.Along.EXIT_TOWER_LAYER, set)) {
      exits.add(exit(ModelLayer.ofTower(point.x()), point.value()));
    }
    for (CurvePoint point : task.curve(CurvePoint.Along.EXIT_LAYER, set)) {
      exits.add(exit(ModelLayer.ofDecoder(point.x()), point.value()));
    }
    exits.sort(Comparator.comparing(Exit::layer));
    return exits;
  }

  private Exit exit(ModelLayer layer, double score) {
    return new Exit(layer, cost.share(layer), score);
  }

  private static Element ownAnswer(CostPlot plot, double score) {
    double x = CostPlot.x(1);
    double y = plot.y(score);
    String title = "the model’s own answer: " + Numbers.score(score);
    return Element.of("g")
        .with("class", "own other")
        .add(
            Element.of("path")
                .with("class", "point")
                .with(
                    "d",
                    String.format(
                        Locale.ROOT,
                        "M%s %s l5 5 l-5 5 l-5 -5 z",
                        Numbers.coordinate(x),
                        Numbers.coordinate(y - 5)))
                .add(Element.of("title", title)),
            Svg.line(x, CostPlot.TOP - 4, x, y - 5).with("class", "cut"),
            Svg.text(x + 14, CostPlot.TOP - 9, "own answer", Svg.Anchor.END).with("class", "soft"));
  }
}
