package io.superneurons.jobs.report;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Site;
import io.superneurons.jobs.report.markup.ColorRamp;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.markup.Svg;
import io.superneurons.jobs.report.read.CellScore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Draws the best score of every layer, from left to right, and site, from top to bottom. */
final class HeatMap {
  /** Room for the longest name of a site, such as vision_resid_post_mean. */
  private static final int LEFT = 172;

  private static final int TOP = 8;
  private static final int CELL_HEIGHT = 34;
  private static final int WIDEST_CELL = 70;
  private static final int PLOT_WIDTH = 548;
  private static final int ROOM_FOR_TEXT = 30;
  private static final int LEGEND_STEPS = 40;

  private final Map<LayerSite, CellScore> cells = new TreeMap<>();
  private final List<ModelLayer> layers;
  private final List<Site> sites;
  private final double cellWidth;
  private final double low;
  private final double high;
  private final ColorRamp ramp;

  HeatMap(List<CellScore> scores) {
    scores.forEach(score -> cells.put(score.place(), score));
    layers = cells.keySet().stream().map(LayerSite::modelLayer).distinct().toList();
    sites = cells.keySet().stream().map(LayerSite::site).distinct().sorted().toList();
    cellWidth = Math.min(WIDEST_CELL, (double) PLOT_WIDTH / Math.max(1, layers.size()));
    var shown = scores.stream().mapToDouble(HeatMap::shown).summaryStatistics();
    low = shown.getMin();
    high = shown.getMax();
    ramp = new ColorRamp(low, high);
  }

  /** The score that a cell shows: of rows that did not choose the neuron where there are any. */
  private static double shown(CellScore cell) {
    return Double.isNaN(cell.validation()) ? cell.probingScore() : cell.validation();
  }

  Element draw() {
    double bottom = TOP + sites.size() * CELL_HEIGHT;
    Element svg =
        Svg.canvas(LEFT + PLOT_WIDTH + 20, bottom + 74, "Best score per layer and site")
            .with("class", "map");
    for (int row = 0; row < sites.size(); row++) {
      double middle = TOP + (row + 0.5) * CELL_HEIGHT + 4;
      svg.add(Svg.text(LEFT - 8, middle, sites.get(row).label(), Svg.Anchor.END));
    }
    cells.values().forEach(cell -> svg.add(cell(cell)));
    int every = Svg.labelEvery(layers.size(), cellWidth, 26);
    for (int column = 0; column < layers.size(); column += every) {
      double middle = LEFT + (column + 0.5) * cellWidth;
      svg.add(Svg.text(middle, bottom + 16, layers.get(column).name(), Svg.Anchor.MIDDLE));
    }
    svg.add(
        Svg.text(LEFT + layers.size() * cellWidth / 2, bottom + 34, axis(), Svg.Anchor.MIDDLE)
            .with("class", "axis"));
    return svg.add(legend(bottom + 48));
  }

  private String axis() {
    boolean tower = layers.stream().anyMatch(ModelLayer::inTower);
    return tower ? "layer (v: of the vision tower)" : "layer";
  }

  private Element cell(CellScore cell) {
    double x = LEFT + layers.indexOf(cell.place().modelLayer()) * cellWidth;
    double y = TOP + sites.indexOf(cell.place().site()) * CELL_HEIGHT;
    double value = shown(cell);
    Element group =
        Element.of("g")
            .with("class", "cell")
            .add(
                Element.of(
                    "title",
                    String.format(
                        Locale.ROOT,
                        "%s %s, neuron %s: probe %s, validation %s",
                        cell.place().modelLayer(),
                        cell.place().site(),
                        cell.index(),
                        Numbers.score(cell.probingScore()),
                        Numbers.score(cell.validation()))),
                Svg.box(x, y, cellWidth - 1, CELL_HEIGHT - 1).with("fill", ramp.color(value)));
    if (cellWidth >= ROOM_FOR_TEXT) {
      group.add(
          Svg.text(
                  x + cellWidth / 2,
                  y + CELL_HEIGHT / 2.0 + 4,
                  Numbers.shortScore(value),
                  Svg.Anchor.MIDDLE)
              .with("fill", ramp.textColor(value)));
    }
    return group;
  }

  private Element legend(double y) {
    Element legend = Element.of("g").with("class", "scale");
    double width = 160;
    for (int step = 0; step < LEGEND_STEPS; step++) {
      double value = low + (high - low) * step / (LEGEND_STEPS - 1);
      legend.add(
          Svg.box(LEFT + step * width / LEGEND_STEPS, y, width / LEGEND_STEPS + 0.3, 10)
              .with("fill", ramp.color(value)));
    }
    return legend.add(
        Svg.text(LEFT - 8, y + 9, Numbers.score(low), Svg.Anchor.END),
        Svg.text(LEFT + width + 8, y + 9, Numbers.score(high), Svg.Anchor.START));
  }
}
