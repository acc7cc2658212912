package io.superneurons.jobs.report;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.markup.ScoreScale;
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
 * Draws what every exit reaches against what it costs, those of the vision tower as squares and
 * those of the decoder as circles; at the right the whole model with its own answer.
 */
final class ExitLadder {
  private static final int LEFT = 40;
  private static final int TOP = 22;
  private static final int WIDTH = 308;
  private static final int HEIGHT = 170;

  /** Room for the name of an exit beside the next one's. */
  private static final double ROOM = 18;

  private final TaskResults task;
  private final ExitCost cost;
  private final List<String> sets;
  private final ScoreScale scale;

  /** One exit on one set. */
  private record Exit(ModelLayer layer, double cost, double score) {}

  /**
   * @param scores that the vertical axis has room for
   */
  ExitLadder(TaskResults task, ExitCost cost, List<Double> scores) {
    this.task = task;
    this.cost = cost;
    this.scale = ScoreScale.of(scores, TOP, HEIGHT);
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
    Element svg =
        Svg.canvas(LEFT + WIDTH + 22, TOP + HEIGHT + 42, "Score of every exit against its cost")
            .with("class", "chart")
            .add(scale.draw(LEFT, WIDTH));
    for (double tick : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      svg.add(Svg.text(x(tick), TOP + HEIGHT + 16, Numbers.percent(tick), Svg.Anchor.MIDDLE));
    }
    svg.add(
        Svg.text(
                LEFT + WIDTH / 2.0,
                TOP + HEIGHT + 34,
                "cost, as a share of a whole pass",
                Svg.Anchor.MIDDLE)
            .with("class", "axis"));
    sets.forEach(set -> svg.add(line(set)));
    svg.add(names());
    own().ifPresent(score -> svg.add(ownAnswer(score)));
    return List.of(svg, Legend.of(sets));
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

  private Element line(String set) {
    SetStyle style = SetStyle.of(set, sets);
    Element group =
        Element.of("g").with("class", "line " + style.color()).with("data-set", Sets.title(set));
    StringBuilder path = new StringBuilder();
    List<Exit> exits = exits(set);
    for (Exit exit : exits) {
      path.append(path.isEmpty() ? "" : " ")
          .append(Numbers.coordinate(x(exit.cost)))
          .append(',')
          .append(Numbers.coordinate(scale.y(exit.score)));
    }
    group.add(
        Element.of("polyline")
            .with("points", path.toString())
            .with("stroke-dasharray", style.dashes()));
    exits.forEach(exit -> group.add(point(exit, set)));
    return group;
  }

  private Element point(Exit exit, String set) {
    double x = x(exit.cost);
    double y = scale.y(exit.score);
    Element mark =
        exit.layer.inTower()
            ? Svg.box(x - 3.2, y - 3.2, 6.4, 6.4)
            : Element.of("circle").with("cx", x).with("cy", y).with("r", 3.4);
    String title =
        String.format(
            Locale.ROOT,
            "%s, exit after %s: %s, cost %s",
            Sets.title(set),
            exit.layer,
            Numbers.score(exit.score),
            Numbers.percent(exit.cost));
    return mark.add(Element.of("title", title));
  }

  /** Names of exits below their points, where there is room, and a ring around the chosen one. */
  private Element names() {
    Element names = Element.of("g").with("class", "exits");
    double before = Double.NEGATIVE_INFINITY;
    for (Exit exit : exits(judged())) {
      double x = x(exit.cost);
      double y = scale.y(exit.score);
      boolean chosen = exit.layer.equals(task.chosen().exitLayer());
      if (chosen) {
        names.add(
            Element.of("circle")
                .with("class", "halo")
                .with("cx", x)
                .with("cy", y)
                .with("r", 8)
                .add(Element.of("title", "chosen")));
      }
      if (chosen || x - before >= ROOM) {
        double below = y + 20 > TOP + HEIGHT ? y - 11 : y + 20;
        names.add(Svg.text(x, below, exit.layer.name(), Svg.Anchor.MIDDLE).with("class", "soft"));
        before = x;
      }
    }
    return names;
  }

  private Element ownAnswer(double score) {
    double x = x(1);
    double y = scale.y(score);
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
            Svg.line(x, TOP - 4, x, y - 5).with("class", "cut"),
            Svg.text(x + 14, TOP - 9, "own answer", Svg.Anchor.END).with("class", "soft"));
  }

  private static double x(double share) {
    return LEFT + share * WIDTH;
  }
}
