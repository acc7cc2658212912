package io.superneurons.jobs.report.run;

import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.run.TaskSummary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Draws what a run of label came to: drift, labels and exits of its tasks. */
public final class LabelledTables {
  private static final String OK = "ok";
  private static final Map<String, String> VERDICTS =
      Map.of("few_rows", "too few rows", OK, "as before", "warn", "drifted", "fail", "drifted");

  private final List<TaskSummary> tasks;

  public LabelledTables(List<TaskSummary> tasks) {
    this.tasks = List.copyOf(tasks);
  }

  /** Whether it is known of any task what its neurons did on the probing rows. */
  public boolean knowsDrift() {
    return tasks.stream().anyMatch(task -> task.drift() != null);
  }

  /** How far each task's rows are from its probing rows. */
  public Element drift() {
    Element head =
        Element.of("tr")
            .add(
                Element.heading("task").with("class", "name"),
                Element.heading("rows"),
                term(
                    "drift",
                    "How far the neurons’ values moved from what they were on the probing rows, in"
                        + " their standard deviations; mean over the task’s neurons"),
                term("worst", "The same of the neuron that moved most"),
                term("labels", "How far the shares of labels moved, from 0 to 1"),
                Element.heading("").with("class", "name"));
    Element body = Element.of("tbody");
    tasks.stream().filter(task -> task.drift() != null).forEach(task -> body.add(drift(task)));
    return table("drift", head, body);
  }

  private static Element drift(TaskSummary task) {
    TaskSummary.Drift drift = task.drift();
    String style = OK.equals(drift.verdict()) ? "name good" : "name bad";
    String verdict = VERDICTS.getOrDefault(drift.verdict(), drift.verdict());
    return Element.of("tr")
        .add(
            Element.of("td", task.task()).with("class", "name"),
            Element.of("td", Numbers.count(task.rows())),
            Element.of("td", two(drift.mean())),
            Element.of("td", two(drift.worst())),
            Element.of("td", two(drift.labelChange())),
            Element.of("td", verdict).with("class", style));
  }

  private static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** The labels that rows of a task got, beside those of its probing rows. */
  Element labels(TaskSummary task) {
    boolean known = task.probingLabels() != null;
    long probing =
        known ? task.probingLabels().values().stream().mapToLong(Long::longValue).sum() : 0;
    Element head =
        Element.of("tr")
            .add(
                Element.heading("label").with("class", "name"),
                Element.heading("rows"),
                Element.heading("share"));
    if (known) {
      head.add(term("probing", "The share of the labelled rows that the neurons were chosen on"));
    }
    Element body = Element.of("tbody");
    task.labels()
        .forEach(
            (label, rows) -> {
              double share = rows / (double) Math.max(1, task.rows());
              Element row =
                  Element.of("tr")
                      .add(
                          Element.of("td", label.isEmpty() ? "undecided" : label)
                              .with("class", "name"),
                          Element.of("td", Numbers.count(rows)),
                          Element.of("td", Numbers.fine(share)).add(bar(share)));
              if (known) {
                Long before = task.probingLabels().get(label);
                row.add(
                    Element.of(
                        "td", before == null ? "" : Numbers.fine(before / (double) probing)));
              }
              body.add(row);
            });
    return table("labels", head, body);
  }

  /** After which layers rows of a task were decided, or found to be undecided. */
  static String exits(TaskSummary task) {
    String decided = task.undecided() == 0 ? "decided" : "decided or left open";
    if (task.exits().size() == 1) {
      return "all " + decided + where(task.exits().get(0));
    }
    return task.exits().stream()
        .map(exit -> Numbers.fine(exit.share()) + where(exit))
        .collect(Collectors.joining(", ", decided + " ", ""));
  }

  private static String where(TaskSummary.Exit exit) {
    return exit.layer().map(layer -> " after " + layer).orElse(" by the model’s own answer");
  }

  private static Element bar(double share) {
    return Element.of("span")
        .with("class", "bar")
        .with("style", String.format(Locale.ROOT, "--s:%.3f", share))
        .add(Element.of("i"));
  }

  private static Element term(String word, String meaning) {
    return Element.of("th").with("scope", "col").add(Element.term(word, meaning));
  }

  private static Element table(String style, Element head, Element body) {
    Element table =
        Element.of("table")
            .with("class", style + " sorts")
            .add(Element.of("thead").add(head), body);
    return Element.of("div").with("class", "wide").add(table);
  }
}
