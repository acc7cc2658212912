package io.superneurons.jobs.report;

import io.superneurons.activation.Neuron;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.jobs.results.SharedNeuron;
import io.superneurons.jobs.results.Transfer;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Draws which neurons serve several tasks, and how tasks' Super Neurons do on other tasks. */
final class SharedSection {
  /** Neurons, and pairs of tasks, that are listed. */
  static final int LISTED = 20;

  /** Each neuron's tasks by name; neurons that serve most tasks first, then in their order. */
  private final List<List<SharedNeuron>> neurons;

  private final List<Transfer> transfers;

  SharedSection(List<SharedNeuron> neurons, List<Transfer> transfers) {
    this.neurons = byNeuron(neurons);
    this.transfers = transfers;
  }

  private static List<List<SharedNeuron>> byNeuron(List<SharedNeuron> all) {
    return all.stream()
        .sorted(Comparator.comparing(SharedNeuron::task))
        .collect(Collectors.groupingBy(SharedNeuron::neuron, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .sorted(Comparator.comparingInt((List<SharedNeuron> tasks) -> -tasks.size()))
        .toList();
  }

  Element draw() {
    Element section =
        Element.of("section")
            .with("class", "box")
            .with("id", "transfer")
            .add(Element.of("h2", "Neurons that serve several tasks"));
    addNeurons(section);
    if (!transfers.isEmpty()) {
      addTransfers(section);
    }
    return section;
  }

  private void addNeurons(Element section) {
    if (neurons.isEmpty()) {
      section.add(Element.of("p", "No neuron is among the best of two tasks."));
      return;
    }
    Element head = Element.of("tr");
    head.add(
        Element.heading("layer"),
        Element.heading("site").with("class", "name"),
        Element.heading("index"));
    head.add(Element.heading("tasks"), Element.heading("rank in each").with("class", "name"));
    Element body = Element.of("tbody");
    neurons.stream().limit(LISTED).forEach(tasks -> body.add(row(tasks)));
    section.add(
        table("neurons", head, body, neurons.size()),
        note(
            "Of each task’s best neurons by its rule, whatever the exit layer, those that are among"
                + " another task’s too. Starred: one of the task’s Super Neurons."));
  }

  private void addTransfers(Element section) {
    Element head = Element.of("tr");
    head.add(Element.heading("Super Neurons of").with("class", "name"));
    head.add(
        Element.heading("on rows of").with("class", "name"),
        Element.heading("set").with("class", "name"));
    head.add(Element.heading("score"), Element.heading("its own"));
    Element body = Element.of("tbody");
    for (Transfer transfer : transfers.subList(0, Math.min(LISTED, transfers.size()))) {
      body.add(
          Element.of("tr")
              .add(
                  Element.of("td", transfer.from()).with("class", "name"),
                  Element.of("td", transfer.to()).with("class", "name"),
                  Element.of("td", Sets.title(transfer.set())).with("class", "name"),
                  Element.of("td", Numbers.score(transfer.value())),
                  Element.of("td", Numbers.score(transfer.own()))));
    }
    section.add(
        table("transfers", head, body, transfers.size()),
        note("Between tasks that have the same labels; beside it what the task’s own reach."));
  }

  private static Element table(String name, Element head, Element body, int size) {
    Element table =
        Element.of("table").with("class", name + " sorts").add(Element.of("thead").add(head), body);
    Element box = Element.of("div").with("class", "wide").add(table);
    if (size > LISTED) {
      String rest = "and " + Numbers.count(size - LISTED) + " more";
      box.add(Element.of("p", rest).with("class", "rest"));
    }
    return box;
  }

  private static Element note(String text) {
    return Element.of("p", text).with("class", "note");
  }

  private static Element row(List<SharedNeuron> tasks) {
    Neuron neuron = tasks.get(0).neuron();
    String ranks =
        tasks.stream()
            .map(t -> t.task() + " " + t.rank() + (t.selected() ? "*" : ""))
            .collect(Collectors.joining(", "));
    return Element.of("tr")
        .add(
            Element.of("td", String.valueOf(neuron.layer())),
            Element.of("td", neuron.site().label()).with("class", "name"),
            Element.of("td", String.valueOf(neuron.index())),
            Element.of("td", String.valueOf(tasks.size())),
            Element.of("td", ranks).with("class", "name"));
  }
}
