package io.superneurons.jobs.report;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.markup.Svg;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.jobs.results.ReliabilityBin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Draws how often rows are right against how often label says so: on the diagonal is what keeps its
 * word. A circle is a bin of rows, its area their share of the set.
 */
final class ReliabilityChart {
  private static final int LEFT = 46;
  private static final int TOP = 12;
  private static final int SIDE = 230;
  private static final double LARGEST = 12;

  private final List<ReliabilityBin> bins;

  ReliabilityChart(List<ReliabilityBin> bins) {
    this.bins = List.copyOf(bins);
  }

  /** The drawing and its legend. */
  List<Element> draw() {
    Element svg =
        Svg.canvas(LEFT + SIDE + 20, TOP + SIDE + 44, "Share of right rows against probability")
            .with("class", "chart square");
    for (double tick : new double[] {0, 0.5, 1}) {
      svg.add(
          Svg.text(LEFT - 8, y(tick) + 4, Numbers.percent(tick), Svg.Anchor.END),
          Svg.text(x(tick), TOP + SIDE + 17, Numbers.percent(tick), Svg.Anchor.MIDDLE),
          Element.of("g").with("class", "grid").add(Svg.line(x(0), y(tick), x(1), y(tick))));
    }
    svg.add(
        Svg.line(x(0), y(0), x(1), y(1)).with("class", "cut"),
        Svg.text(LEFT + SIDE / 2.0, TOP + SIDE + 36, "probability", Svg.Anchor.MIDDLE)
            .with("class", "axis"));
    TreeSet<String> sets = new TreeSet<>(Sets.ORDER);
    bins.forEach(bin -> sets.add(bin.set()));
    Element legend = Element.of("div").with("class", "legend");
    List<String> names = List.copyOf(sets);
    for (String set : names) {
      SetStyle style = SetStyle.of(set, names);
      svg.addAll(circles(set, style));
      Element sample =
          Element.of("svg")
              .with("xmlns", "http://www.w3.org/2000/svg")
              .with("width", "34")
              .with("height", "8")
              .add(circle(17, 4, 4, style));
      legend.add(Element.of("span").add(sample).text(" " + Sets.title(set)));
    }
    return List.of(svg, legend);
  }

  private List<Element> circles(String set, SetStyle style) {
    List<ReliabilityBin> own = bins.stream().filter(bin -> bin.set().equals(set)).toList();
    double rows = own.stream().mapToInt(ReliabilityBin::rows).sum();
    List<Element> circles = new ArrayList<>();
    for (ReliabilityBin bin : own) {
      double radius = Math.max(2, LARGEST * Math.sqrt(bin.rows() / rows));
      String title =
          String.format(
              Locale.ROOT,
              "%s, probability %s: right %s of %s",
              Sets.title(set),
              Numbers.percent(bin.probability()),
              Numbers.percent(bin.right()),
              Plural.text(bin.rows(), "row"));
      circles.add(
          circle(x(bin.probability()), y(bin.right()), radius, style)
              .add(Element.of("title", title)));
    }
    return circles;
  }

  private static Element circle(double x, double y, double radius, SetStyle style) {
    return Element.of("circle")
        .with("cx", x)
        .with("cy", y)
        .with("r", radius)
        .with("class", "point " + style.color())
        .with("fill-opacity", "0.6");
  }

  private static double x(double share) {
    return LEFT + SIDE * share;
  }

  private static double y(double share) {
    return TOP + SIDE * (1 - share);
  }
}
