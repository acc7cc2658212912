package io.superneurons.jobs.report;

import io.superneurons.activation.ModelLayer;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.results.Precision;
import io.superneurons.neuron.chosen.ExitPoint;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.statistics.Wilson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Draws what every exit reaches at every size of images against what it costs, and lists it; on
 * rows that had no say in the choice.
 */
final class SizeLadder {
  private final TaskResults task;
  private final SizeLimits chosen;
  private final Map<SizeLimits, List<ExitPoint>> bySize;

  /**
   * @param image how the file of Super Neurons says that images are prepared
   */
  SizeLadder(TaskResults task, Map<String, Object> image) {
    this.task = task;
    this.chosen = SizeLimits.of(image);
    this.bySize =
        task.chosen().chosen().exitPlan().stream()
            .filter(exit -> !exit.image().isEmpty() && exit.cost().isPresent())
            .collect(
                Collectors.groupingBy(
                    exit -> SizeLimits.of(exit.image()), LinkedHashMap::new, Collectors.toList()));
  }

  /** Whether several sizes were compared. */
  boolean any() {
    return !bySize.isEmpty();
  }

  /** The drawing, its legend and the table. */
  List<Element> draw() {
    CostPlot plot =
        new CostPlot(
            "Score of every exit at every size of images against its cost",
            bySize.values().stream().flatMap(List::stream).map(ExitPoint::heldOut).toList(),
            "cost, as a share of a whole pass at the costliest size");
    List<String> names = bySize.keySet().stream().map(SizeLimits::text).toList();
    bySize.forEach(
        (size, exits) ->
            plot.add(
                new CostPlot.Line(size.text(), SetStyle.of(size.text(), names), onPlot(exits))));
    plot.addNames(onPlot(bySize.getOrDefault(chosen, List.of())), task.chosen().exitLayer());
    return List.of(plot.svg(), Legend.of(names), table());
  }

  private static List<CostPlot.Exit> onPlot(List<ExitPoint> exits) {
    return exits.stream()
        .map(exit -> new CostPlot.Exit(exit.exitLayer(), exit.cost().getAsDouble(), exit.heldOut()))
        .toList();
  }

  private Element table() {
    Element head = Element.of("tr");
    List.of("images of", "exit", "cost", task.metric().replace('_', ' '), "95%")
        .forEach(name -> head.add(Element.heading(name)));
    Element body = Element.of("tbody");
    bySize.forEach((size, exits) -> exits.forEach(exit -> body.add(row(size, exit))));
    Element table =
        Element.of("table").with("class", "cascade").add(Element.of("thead").add(head), body);
    return Element.of("details")
        .with("class", "more")
        .add(
            Element.of("summary", "All sizes and exits"),
            Element.of("div").with("class", "wide").add(table));
  }

  private Element row(SizeLimits size, ExitPoint exit) {
    ModelLayer layer = exit.exitLayer();
    boolean taken = size.equals(chosen) && layer.equals(task.chosen().exitLayer());
    return Element.of("tr")
        .add(
            Element.of("td", size.text() + (taken ? ", chosen" : "")),
            Element.of("td", layer.name()),
            Element.of("td", Numbers.fine(exit.cost().getAsDouble())),
            Element.of("td", Numbers.score(exit.heldOut())),
            Element.of("td", interval(exit)));
  }

  /** Of a share of right rows; other metrics have none. */
  private String interval(ExitPoint exit) {
    Double images =
        task.chosen().metrics().getOrDefault(Precision.NESTED, Map.of()).get(Precision.IMAGES);
    if (images == null || task.chosen().metric() != Metric.ACCURACY) {
      return Numbers.NONE;
    }
    Wilson interval = Wilson.of(exit.heldOut(), images);
    return Numbers.score(interval.low()) + " to " + Numbers.score(interval.high());
  }
}
