package io.superneurons.jobs.report;

import io.superneurons.activation.Neuron;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.neuron.VoteWords;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskSuperNeurons;

/** Draws the list of a task's neurons, best first; the rest of a long one is counted. */
final class NeuronTable {
  /** Neurons that are listed. */
  static final int LISTED = 20;

  private final TaskSuperNeurons task;

  NeuronTable(TaskSuperNeurons task) {
    this.task = task;
  }

  Element draw() {
    Element head = Element.of("tr");
    head.add(
        Element.heading("layer"),
        Element.heading("site").with("class", "name"),
        Element.heading("index"));
    head.add(
        Element.heading("rule").with("class", "name"),
        Element.heading("votes").with("class", "name"));
    head.add(Element.heading("weight"), Element.heading("probe"), Element.heading("validation"));
    Element body = Element.of("tbody");
    task.neurons().stream().limit(LISTED).forEach(member -> body.add(row(member)));
    Element table =
        Element.of("table").with("class", "neurons sorts").add(Element.of("thead").add(head), body);
    Element box = Element.of("div").with("class", "wide").add(table);
    int rest = task.neurons().size() - LISTED;
    if (rest > 0) {
      box.add(Element.of("p", "and " + Numbers.count(rest) + " more").with("class", "rest"));
    }
    return box;
  }

  private Element row(SuperNeuron member) {
    Neuron neuron = member.neuron();
    return Element.of("tr")
        .add(
            Element.of("td", String.valueOf(neuron.layer())),
            Element.of("td", neuron.site().label()).with("class", "name"),
            Element.of("td", String.valueOf(neuron.index())),
            Element.of("td", Sets.title(member.fitted().rule().label())).with("class", "name"),
            Element.of("td", VoteWords.of(member.fitted(), task.labels())).with("class", "name"),
            Element.of("td", Numbers.score(member.weight())),
            Element.of("td", Numbers.score(member.probingScore())),
            Element.of("td", Numbers.score(member.validation())));
  }
}
