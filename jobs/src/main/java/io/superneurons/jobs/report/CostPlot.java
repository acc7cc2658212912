package io.superneurons.jobs.report;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.markup.ScoreScale;
import io.superneurons.jobs.report.markup.Svg;
import java.util.List;
import java.util.Locale;

/**
 * Draws scores against costs: lines of exits, those of the vision tower as squares and those of the
 * decoder as circles.
 */
final class CostPlot {
  static final int TOP = 22;
  private static final int LEFT = 40;
  private static final int WIDTH = 308;
  private static final int HEIGHT = 170;

  /** Room for the name of an exit beside the next one's. */
  private static final double ROOM = 18;

  private final ScoreScale scale;
  private final Element svg;

  /** One exit, its cost a share of a whole pass. */
  record Exit(ModelLayer layer, double cost, double score) {}

  /**
   * Exits that belong together.
   *
   * @param name for people
   */
  record Line(String name, SetStyle style, List<Exit> exits) {
    Line {
      exits = List.copyOf(exits);
    }
  }

  /**
   * An empty drawing.
   *
   * @param name what it shows, for readers who do not see it
   * @param scores that the vertical axis has room for
   * @param axis what stands below the horizontal one
   */
  CostPlot(String name, List<Double> scores, String axis) {
    this.scale = ScoreScale.of(scores, TOP, HEIGHT);
    this.svg =
        Svg.canvas(LEFT + WIDTH + 22, TOP + HEIGHT + 42, name)
            .with("class", "chart")
            .add(scale.draw(LEFT, WIDTH));
    for (double tick : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      svg.add(Svg.text(x(tick), TOP + HEIGHT + 16, Numbers.percent(tick), Svg.Anchor.MIDDLE));
    }
    svg.add(
        Svg.text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 34, axis, Svg.Anchor.MIDDLE)
            .with("class", "axis"));
  }

  /** What was drawn. */
  Element svg() {
    return svg;
  }

  void add(Line line) {
    Element group =
        Element.of("g").with("class", "line " + line.style.color()).with("data-set", line.name);
    StringBuilder path = new StringBuilder();
    for (Exit exit : line.exits) {
      path.append(path.isEmpty() ? "" : " ")
          .append(Numbers.coordinate(x(exit.cost)))
          .append(',')
          .append(Numbers.coordinate(y(exit.score)));
    }
    group.add(
        Element.of("polyline")
            .with("points", path.toString())
            .with("stroke-dasharray", line.style.dashes()));
    line.exits.forEach(exit -> group.add(point(exit, line.name)));
    svg.add(group);
  }

  private Element point(Exit exit, String name) {
    double x = x(exit.cost);
    double y = y(exit.score);
    Element mark =
        exit.layer.inTower()
            ? Svg.box(x - 3.2, y - 3.2, 6.4, 6.4)
            : Element.of("circle").with("cx", x).with("cy", y).with("r", 3.4);
    String title =
        String.format(
            Locale.ROOT,
            "%s, exit after %s: %s, cost %s",
            name,
            exit.layer,
            Numbers.score(exit.score),
            Numbers.percent(exit.cost));
    return mark.add(Element.of("title", title));
  }

  /**
   * Names exits below their points, where there is room, and draws a ring around the chosen one.
   */
  void addNames(List<Exit> exits, ModelLayer chosenLayer) {
    Element names = Element.of("g").with("class", "exits");
    double before = Double.NEGATIVE_INFINITY;
    for (Exit exit : exits) {
      double x = x(exit.cost);
      double y = y(exit.score);
      boolean chosen = exit.layer.equals(chosenLayer);
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
    svg.add(names);
  }

  double y(double score) {
    return scale.y(score);
  }

  static double x(double share) {
    return LEFT + share * WIDTH;
  }
}
