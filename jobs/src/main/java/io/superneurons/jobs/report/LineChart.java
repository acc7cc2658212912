package io.superneurons.jobs.report;

import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.markup.ScoreScale;
import io.superneurons.jobs.report.markup.Svg;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.jobs.results.CurvePoint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Draws scores of several sets against whole numbers, which stand at equal distances. */
final class LineChart {
  private static final int LEFT = 40;
  private static final int TOP = 22;
  private static final int WIDTH = 316;
  private static final int HEIGHT = 170;

  private final String axis;
  private final List<String> sets;
  private final Map<String, List<CurvePoint>> lines;
  private final OptionalInt chosen;
  private final List<Integer> xs;
  private final ScoreScale scale;

  /**
   * A chart of those lines.
   *
   * @param axis what stands below
   * @param sets in their order
   * @param lines the points of each set, ascending
   * @param chosen the number that was chosen, which has a place whether or not it has a point
   * @param scores that the vertical axis has room for
   */
  LineChart(
      String axis,
      List<String> sets,
      Map<String, List<CurvePoint>> lines,
      OptionalInt chosen,
      List<Double> scores) {
    this.axis = axis;
    this.sets = List.copyOf(sets);
    this.lines = Map.copyOf(lines);
    this.chosen = chosen;
    TreeSet<Integer> all = new TreeSet<>();
    lines.values().forEach(points -> points.forEach(point -> all.add(point.x())));
    chosen.ifPresent(all::add);
    xs = List.copyOf(all);
    scale = ScoreScale.of(scores, TOP, HEIGHT);
  }

  /** The drawing and its legend. */
  List<Element> draw(String name) {
    Element svg =
        Svg.canvas(LEFT + WIDTH + 14, TOP + HEIGHT + 42, name)
            .with("class", "chart")
            .add(scale.draw(LEFT, WIDTH));
    chosen.ifPresent(number -> svg.add(mark(number)));
    int every = Svg.labelEvery(xs.size(), step(), 26);
    for (int i = 0; i < xs.size(); i += every) {
      svg.add(
          Svg.text(x(xs.get(i)), TOP + HEIGHT + 16, String.valueOf(xs.get(i)), Svg.Anchor.MIDDLE));
    }
    svg.add(
        Svg.text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 34, axis, Svg.Anchor.MIDDLE)
            .with("class", "axis"));
    sets.forEach(set -> svg.add(line(set)));
    return List.of(svg, Legend.of(sets));
  }

  /** The number that was chosen. */
  private Element mark(int number) {
    double x = x(number);
    double middle = Math.max(LEFT + 34, Math.min(LEFT + WIDTH - 34, x));
    return Element.of("g")
        .with("class", "chosen")
        .add(
            Svg.line(x, TOP - 4, x, TOP + HEIGHT),
            Svg.text(middle, TOP - 9, "chosen: " + number, Svg.Anchor.MIDDLE));
  }

  private Element line(String set) {
    SetStyle style = SetStyle.of(set, sets);
    List<CurvePoint> points = lines.getOrDefault(set, List.of());
    Element group =
        Element.of("g").with("class", "line " + style.color()).with("data-set", Sets.title(set));
    StringBuilder path = new StringBuilder();
    for (CurvePoint point : points) {
      path.append(path.isEmpty() ? "" : " ")
          .append(Numbers.coordinate(x(point.x())))
          .append(',')
          .append(Numbers.coordinate(scale.y(point.value())));
    }
    group.add(
        Element.of("polyline")
            .with("points", path.toString())
            .with("stroke-dasharray", style.dashes()));
    for (CurvePoint point : points) {
      String title =
          String.format(
              Locale.ROOT,
              "%s, %s %s: %s",
              Sets.title(set),
              axis,
              point.x(),
              Numbers.score(point.value()));
      group.add(
          Element.of("circle")
              .with("cx", x(point.x()))
              .with("cy", scale.y(point.value()))
              .with("r", 3)
              .add(Element.of("title", title)));
    }
    return group;
  }

  private double step() {
    return (double) WIDTH / Math.max(1, xs.size());
  }

  private double x(int value) {
    return LEFT + (xs.indexOf(value) + 0.5) * step();
  }
}
