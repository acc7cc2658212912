package io.superneurons.jobs.report;

import java.util.List;
import java.util.stream.Collectors;

/** Draws which neurons serve several tasks, those of most tasks first. */
final class SharedSection {
  /** Neurons that are listed. */
  static final int LISTED = 20;

  private final List<Shared> neurons;

  SharedSection(List<Shared> neurons) {
    this.neurons = neurons;
  }

  Element draw() {
    Element section =
        Element.of("section")
            .with("id", "transfer")
            .add(Element.of("h2", "Neurons that serve several tasks"));
    if (neurons.isEmpty()) {
      return section.add(Element.of("p", "No neuron is among the best of two tasks."));
    }
    Element head = Element.of("tr");
    head.add(heading("layer"), heading("site").with("class", "name"), heading("index"));
    head.add(heading("tasks"), heading("rank in each").with("class", "name"));
    Element body = Element.of("tbody");
    neurons.stream().limit(LISTED).forEach(neuron -> body.add(row(neuron)));
    Element table =
        Element.of("table").with("class", "neurons").add(Element.of("thead").add(head), body);
    Element box = Element.of("div").with("class", "wide").add(table);
    int rest = neurons.size() - LISTED;
    if (rest > 0) {
      box.add(Element.of("p", "and " + Numbers.count(rest) + " more").with("class", "rest"));
    }
    return section.add(
        box,
        Element.of(
                "p",
                "Of each task’s best neurons by its rule, whatever the exit layer, those that are"
                    + " among another task’s too. Starred: one of the task’s Super Neurons.")
            .with("class", "note"));
  }

  private static Element heading(String name) {
    return Element.of("th", name).with("scope", "col");
  }

  private static Element row(Shared neuron) {
    String ranks =
        neuron.tasks().stream()
            .map(t -> t.task() + " " + t.rank() + (t.selected() ? "*" : ""))
            .collect(Collectors.joining(", "));
    return Element.of("tr")
        .add(
            Element.of("td", String.valueOf(neuron.place().layer())),
            Element.of("td", neuron.place().site().label()).with("class", "name"),
            Element.of("td", String.valueOf(neuron.index())),
            Element.of("td", String.valueOf(neuron.tasks().size())),
            Element.of("td", ranks).with("class", "name"));
  }
}
