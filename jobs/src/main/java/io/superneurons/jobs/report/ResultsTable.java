package io.superneurons.jobs.report;

import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.read.Method;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.results.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Draws the table of all tasks on one set: Super Neurons against baselines on the same rows. */
final class ResultsTable {
  /** Scores that print alike count as equal. */
  private static final double SAME = 5e-4;

  private final List<TaskResults> tasks;
  private final String set;
  private final List<Method> methods;

  ResultsTable(List<TaskResults> tasks, String set) {
    this.set = set;
    this.tasks =
        tasks.stream().filter(t -> t.evaluations().stream().anyMatch(this::isOfSet)).toList();
    this.methods =
        Method.of(tasks).stream()
            .filter(
                method -> this.tasks.stream().anyMatch(t -> t.evaluation(set, method).isPresent()))
            .toList();
  }

  private boolean isOfSet(Evaluation evaluation) {
    return evaluation.set().equals(set);
  }

  Element draw() {
    Element table =
        Element.of("table")
            .with("class", "results sorts")
            .with("data-set", set)
            .add(caption(), head());
    Element body = Element.of("tbody");
    tasks.forEach(task -> body.add(row(task)));
    if (tasks.size() > 1) {
      body.add(means());
    }
    return Element.of("div").with("class", "wide").add(table.add(body));
  }

  private Element caption() {
    List<String> metrics = tasks.stream().map(TaskResults::metric).distinct().toList();
    return Element.of("caption")
        .add(Element.of("b", Sets.title(set)))
        .text(": " + Sets.title(String.join(", ", metrics)));
  }

  private Element head() {
    Element row =
        Element.of("tr").add(Element.heading("task").with("class", "name"), Element.heading("n"));
    methods.forEach(method -> row.add(Element.heading(method.title())));
    row.add(Element.heading("neurons"), Element.heading("exit layer"));
    return Element.of("thead").add(row);
  }

  private Element row(TaskResults task) {
    List<OptionalDouble> values = new ArrayList<>();
    methods.forEach(method -> values.add(value(task, method)));
    int rows =
        task.evaluations().stream()
            .filter(this::isOfSet)
            .mapToInt(Evaluation::rows)
            .max()
            .orElse(0);
    Element row =
        Element.of("tr")
            .add(
                Element.of("th", task.task()).with("scope", "row").with("class", "name"),
                Element.of("td", Numbers.count(rows)));
    for (int i = 0; i < values.size(); i++) {
      Element cell = cell(values, i);
      interval(task, methods.get(i)).ifPresent(cell::add);
      task.compared(set, methods.get(i))
          .map(test -> Element.of("span", test.verdict().label()).with("class", "interval"))
          .ifPresent(cell::add);
      row.add(cell);
    }
    return row.add(
        Element.of("td", Numbers.count(task.chosen().neurons().size())),
        Element.of("td", task.chosen().exitLayer().name()));
  }

  private OptionalDouble value(TaskResults task, Method method) {
    return task.evaluation(set, method)
        .map(evaluation -> OptionalDouble.of(evaluation.value()))
        .orElse(OptionalDouble.empty());
  }

  private static Element cell(List<OptionalDouble> values, int i) {
    Element cell = Element.of("td");
    if (values.get(i).isEmpty()) {
      return cell.text(Numbers.NONE);
    }
    double best =
        values.stream()
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .max()
            .orElseThrow();
    double value = values.get(i).getAsDouble();
    return value >= best - SAME
        ? cell.add(Element.of("b", Numbers.score(value)))
        : cell.text(Numbers.score(value));
  }

  private Optional<Element> interval(TaskResults task, Method method) {
    return task.evaluation(set, method)
        .flatMap(Evaluation::interval)
        .map(interval -> Element.of("span", interval(interval)).with("class", "interval"));
  }

  private static String interval(Evaluation.Interval interval) {
    return Numbers.shortScore(interval.low()) + "–" + Numbers.shortScore(interval.high());
  }

  /** The mean over tasks, of methods that have a number for every task. */
  private Element means() {
    List<OptionalDouble> means = new ArrayList<>();
    for (Method method : methods) {
      List<OptionalDouble> values = tasks.stream().map(task -> value(task, method)).toList();
      means.add(
          values.stream().allMatch(OptionalDouble::isPresent)
              ? values.stream().mapToDouble(OptionalDouble::getAsDouble).average()
              : OptionalDouble.empty());
    }
    Element row =
        Element.of("tr")
            .with("class", "mean")
            .add(
                Element.of("th", "mean of tasks").with("scope", "row").with("class", "name"),
                Element.of("td"));
    for (int i = 0; i < means.size(); i++) {
      row.add(cell(means, i));
    }
    return row.add(Element.of("td"), Element.of("td"));
  }
}
