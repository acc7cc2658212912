package io.superneurons.jobs.report;

import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.markup.ScoreScale;
import io.superneurons.jobs.report.markup.Svg;
import io.superneurons.jobs.results.CurvePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;

/** Draws scores of several sets against whole numbers, which stand at equal distances. */
final class LineChart {
  private static final int LEFT = 54;
  private static final int RIGHT = 54;
  private static final int TOP = 22;
  private static final int WIDTH = 572;
  private static final int HEIGHT = 190;

  private final String axis;
  private final List<Series> series;
  private final List<Integer> xs;
  private final ScoreScale scale;
  private final List<Element> behind = new ArrayList<>();

  /**
   * One line.
   *
   * @param name in the legend
   * @param points ascending
   */
  record Series(String name, SetStyle style, List<CurvePoint> points) {
    Series {
      points = List.copyOf(points);
    }
  }

  /**
   * A chart of those lines.
   *
   * @param axis what stands below
   */
  LineChart(String axis, List<Series> series) {
    this.axis = axis;
    this.series = List.copyOf(series);
    TreeSet<Integer> all = new TreeSet<>();
    series.forEach(line -> line.points().forEach(point -> all.add(point.x())));
    xs = List.copyOf(all);
    scale =
        ScoreScale.of(
            series.stream().flatMap(line -> line.points().stream()).map(CurvePoint::value).toList(),
            TOP,
            HEIGHT);
  }

  /** Draws a share as a column behind the lines, on an axis of its own from 0 to 100%. */
  LineChart columns(IntToDoubleFunction share) {
    double width = Math.min(46, step() * 0.62);
    Element columns = Element.of("g").with("class", "cost");
    for (int x : xs) {
      double height = share.applyAsDouble(x) * HEIGHT;
      Element box = Svg.box(x(x) - width / 2, TOP + HEIGHT - height, width, height);
      columns.add(box.add(Element.of("title", axis + " " + x + ": cost " + percent(share, x))));
      if (step() > 34) {
        columns.add(Svg.text(x(x), TOP + HEIGHT - 5, percent(share, x), Svg.Anchor.MIDDLE));
      }
    }
    for (double tick : new double[] {0, 0.5, 1}) {
      columns.add(
          Svg.text(
              LEFT + WIDTH + 8,
              TOP + HEIGHT * (1 - tick) + 4,
              Numbers.percent(tick),
              Svg.Anchor.START));
    }
    columns.add(Svg.text(LEFT + WIDTH + RIGHT - 4, TOP - 9, "cost", Svg.Anchor.END));
    behind.add(columns);
    return this;
  }

  private static String percent(IntToDoubleFunction share, int x) {
    return Numbers.percent(share.applyAsDouble(x));
  }

  /** Marks the number that was chosen, if the chart has it. */
  LineChart chosen(OptionalInt chosen) {
    if (chosen.isPresent() && xs.contains(chosen.getAsInt())) {
      double x = x(chosen.getAsInt());
      behind.add(
          Element.of("g")
              .with("class", "chosen")
              .add(
                  Svg.line(x, TOP - 4, x, TOP + HEIGHT),
                  Svg.text(x, TOP - 9, "chosen: " + chosen.getAsInt(), Svg.Anchor.MIDDLE)));
    }
    return this;
  }

  /** The drawing and its legend. */
  List<Element> draw(String name) {
    Element svg =
        Svg.canvas(LEFT + WIDTH + RIGHT, TOP + HEIGHT + 44, name).add(scale.draw(LEFT, WIDTH));
    svg.addAll(behind);
    int every = Svg.labelEvery(xs.size(), step(), 26);
    for (int i = 0; i < xs.size(); i += every) {
      svg.add(
          Svg.text(x(xs.get(i)), TOP + HEIGHT + 17, String.valueOf(xs.get(i)), Svg.Anchor.MIDDLE));
    }
    svg.add(
        Svg.text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 36, axis, Svg.Anchor.MIDDLE)
            .with("class", "axis"));
    series.forEach(line -> svg.add(line(line)));
    return List.of(svg, legend());
  }

  private Element line(Series line) {
    Element group = Element.of("g").with("class", "line").with("data-set", line.name());
    StringBuilder path = new StringBuilder();
    for (CurvePoint point : line.points()) {
      path.append(path.isEmpty() ? "" : " ")
          .append(Numbers.coordinate(x(point.x())))
          .append(',')
          .append(Numbers.coordinate(scale.y(point.value())));
    }
    group.add(stroke(Element.of("polyline").with("points", path.toString()), line.style()));
    for (CurvePoint point : line.points()) {
      group.add(
          Element.of("circle")
              .with("cx", x(point.x()))
              .with("cy", scale.y(point.value()))
              .with("r", 2.6)
              .with("fill", line.style().color())
              .add(
                  Element.of(
                      "title",
                      String.format(
                          Locale.ROOT,
                          "%s, %s %s: %s",
                          line.name(),
                          axis,
                          point.x(),
                          Numbers.score(point.value())))));
    }
    return group;
  }

  private static Element stroke(Element element, SetStyle style) {
    return element
        .with("fill", "none")
        .with("stroke", style.color())
        .with("stroke-width", "2")
        .with("stroke-dasharray", style.dashes());
  }

  private Element legend() {
    Element legend = Element.of("div").with("class", "legend");
    for (Series line : series) {
      Element sample =
          Element.of("svg")
              .with("xmlns", "http://www.w3.org/2000/svg")
              .with("width", "34")
              .with("height", "8")
              .add(stroke(Svg.line(0, 4, 34, 4), line.style()));
      legend.add(Element.of("span").add(sample).text(" " + line.name()));
    }
    return legend;
  }

  private double step() {
    return (double) WIDTH / Math.max(1, xs.size());
  }

  private double x(int value) {
    return LEFT + (xs.indexOf(value) + 0.5) * step();
  }
}
