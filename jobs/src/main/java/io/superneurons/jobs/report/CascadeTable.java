package io.superneurons.jobs.report;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.read.ExitCost;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.neuron.cascade.CascadePlan;
import io.superneurons.neuron.cascade.CascadeSearch;
import io.superneurons.neuron.cascade.LastResort;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws the levels that label's cascade may send a task's rows down to, each with what it says of
 * held-out rows by itself, and the best that they come to together.
 */
final class CascadeTable {
  private static final String UNKNOWN =
      "Nothing is known of held-out rows: label’s --margin can send rows down, --target-accuracy"
          + " cannot.";

  private static final String LAST =
      "the model’s own answer; the deepest vote where that names no label";

  private final TaskSuperNeurons task;
  private final ExitCost cost;

  CascadeTable(TaskSuperNeurons task, ExitCost cost) {
    this.task = task;
    this.cost = cost;
  }

  Element draw() {
    Element head = Element.of("tr");
    List.of("exit layer", "neurons", "vote", "rule", "cost", "right on held-out rows")
        .forEach(name -> head.add(Element.heading(name)));
    Element body = Element.of("tbody");
    for (int level = 0; level < task.levels().size(); level++) {
      body.add(row(task.levels().get(level), right(level)));
    }
    if (hasAnswers()) {
      body.add(answer());
    }
    Element table =
        Element.of("table").with("class", "cascade").add(Element.of("thead").add(head), body);
    return Element.of("div").with("class", "wide").add(table, together());
  }

  private Element row(Level level, String right) {
    return Element.of("tr")
        .add(
            Element.of("td", level.exitLayer().name()),
            Element.of("td", Numbers.count(level.neurons().size())),
            Element.of("td", Sets.title(level.voting().label())),
            Element.of("td", Sets.title(level.rule().label())),
            Element.of("td", Numbers.percent(cost.share(level.exitLayer()))),
            Element.of("td", right));
  }

  /**
   * The last row: the model is asked, where its answers are known. What it says of held-out rows is
   * kept with the vote that stands in for an answer which names no label.
   */
  private Element answer() {
    HeldOut heldOut = task.cascade().heldOut().orElseThrow();
    return Element.of("tr")
        .add(
            Element.of("td", LAST).with("colspan", "4"),
            Element.of("td", Numbers.percent(1)),
            Element.of("td", share(heldOut, heldOut.answerRight())));
  }

  private String right(int level) {
    return task.cascade()
        .heldOut()
        .map(heldOut -> share(heldOut, heldOut.right()[level]))
        .orElse(Numbers.NONE);
  }

  private static String share(HeldOut heldOut, boolean[] right) {
    int count = 0;
    for (int kind = 0; kind < right.length; kind++) {
      count += right[kind] ? heldOut.rows()[kind] : 0;
    }
    return Numbers.score(count / (double) heldOut.total());
  }

  private boolean hasAnswers() {
    return task.cascade().heldOut().map(HeldOut::hasAnswers).orElse(false);
  }

  /** What label can get out of the levels at most. */
  private Element together() {
    return Element.of("p", task.cascade().heldOut().map(this::most).orElse(UNKNOWN))
        .with("class", "note");
  }

  private String most(HeldOut heldOut) {
    LastResort last = hasAnswers() ? LastResort.MODEL : LastResort.DEEPEST;
    int[] layers = CascadePlan.layersTaken(task.levels(), last, cost.layers());
    CascadePlan plan = new CascadeSearch(heldOut, last, layers).mostAccurate();
    return String.format(
        Locale.ROOT,
        "The most that label --target-accuracy reaches on these %s is %s: it decides %s of"
            + " them level by level%s, in %.1f layers per row.",
        Plural.text(plan.rows(), "row"),
        Numbers.score(plan.accuracy()),
        Arrays.stream(plan.shares()).mapToObj(Numbers::fine).collect(Collectors.joining(", ")),
        last == LastResort.MODEL ? " and at last by the model’s answer where it names a label" : "",
        plan.meanLayers());
  }
}
