package io.superneurons.jobs.report;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.markup.Svg;
import io.superneurons.jobs.report.read.ExitCost;
import io.superneurons.jobs.report.read.Method;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.report.run.Pace;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.Precision;
import io.superneurons.neuron.statistics.PairedTest;
import io.superneurons.neuron.statistics.Permutations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Draws what a task came to, in a number, a sentence and a chart: how often Super Neurons are right
 * beside the other methods, on one scale for all tasks, and what it costs.
 */
final class AnswerCard {
  private static final int LEFT = 140;
  private static final int WIDTH = 136;
  private static final int LINE = 20;
  private static final int TOP = 4;

  private final TaskResults task;
  private final ExitCost cost;
  private final Optional<Pace> pace;

  AnswerCard(TaskResults task, ExitCost cost, Optional<Pace> pace) {
    this.task = task;
    this.cost = cost;
    this.pace = pace;
  }

  /**
   * The card.
   *
   * @param set whose rows count
   * @param id of the task's section
   */
  Element draw(String set, String id) {
    Element card =
        Element.of("article")
            .with("class", "answer")
            .add(
                Element.of("h3").add(Element.of("a", task.task()).with("href", "#" + id)),
                Element.paragraph("asked", task.chosen().question().orElse("several questions")));
    score(set, Method.SUPER_NEURONS).ifPresent(ours -> card.add(big(ours, set)));
    luck().ifPresent(told -> card.add(Element.paragraph("bad", told)));
    sentence(set).ifPresent(sentence -> card.add(Element.of("p", sentence)));
    return card.add(chart(set), facts());
  }

  /** The share of right rows; in selections without it the metric that ranks. */
  private Optional<Evaluation> score(String set, Method method) {
    return task.accuracy(set, method).or(() -> task.evaluation(set, method));
  }

  private Element big(Evaluation ours, String set) {
    String rows =
        String.format(
            Locale.ROOT,
            "%s on %s",
            task.learntFromAnswers() ? "as the model answers" : "right",
            Plural.text(ours.rows(), Sets.title(set) + " row"));
    return Element.of("div", Numbers.fine(ours.value()))
        .with("class", "big")
        .add(Element.of("small", rows));
  }

  /** Whether luck may explain the neurons, before anything else is said of them. */
  private Optional<String> luck() {
    Optional<Permutations> shuffled = task.chosen().chosen().permutations();
    if (shuffled.isPresent() && !shuffled.get().found()) {
      return Optional.of(
          "Nothing was found: with labels shuffled it does as well (p "
              + Numbers.pValue(shuffled.get().pValue())
              + "), so luck explains it.");
    }
    return task.chosen()
        .chosen()
        .discoveries()
        .filter(found -> !found.any())
        .map(none -> "Candidates: no neuron stands out from luck, so this may mean nothing.");
  }

  /** Against the model's own answer, in words; nothing where that names no label. */
  private Optional<String> sentence(String set) {
    if (task.learntFromAnswers()) {
      return Optional.of("Labels are the model’s own answers. " + byTrueLabels(set));
    }
    return task.answersOutsideTheLabels(set) ? Optional.empty() : Optional.of(compared(set));
  }

  private String compared(String set) {
    Optional<Evaluation> own = score(set, Method.MODEL_ANSWER);
    Optional<PairedTest> test = task.compared(set, Method.MODEL_ANSWER);
    if (own.isEmpty()) {
      return "The model’s own answer was not recorded.";
    }
    String against = "the model’s own answer, " + Numbers.fine(own.get().value());
    return test.map(PairedTest::verdict)
            .map(
                verdict ->
                    switch (verdict) {
                      case BETTER -> "Better than ";
                      case TIE -> "A tie with ";
                      case WORSE -> "Worse than ";
                    })
            .orElse("Beside ")
        + against
        + ".";
  }

  private String byTrueLabels(String set) {
    Optional<Evaluation> ours = task.trueAccuracy(set, Method.SUPER_NEURONS);
    Optional<Evaluation> own = task.trueAccuracy(set, Method.MODEL_ANSWER);
    return ours.isEmpty() || own.isEmpty()
        ? "How right these are is not known: no row was given a label."
        : String.format(
            Locale.ROOT,
            "By the labels of %s Super Neurons are right on %s, the model on %s.",
            Plural.text(ours.get().rows(), "row"),
            Numbers.fine(ours.get().value()),
            Numbers.fine(own.get().value()));
  }

  private Element chart(String set) {
    List<Method> methods =
        Method.of(List.of(task)).stream().filter(method -> score(set, method).isPresent()).toList();
    double bottom = TOP + methods.size() * LINE;
    Element svg =
        Svg.canvas(LEFT + WIDTH + 58, bottom + 18, "Right rows by method").with("class", "chart");
    Element grid = Element.of("g").with("class", "grid");
    for (double tick : new double[] {0, 0.5, 1}) {
      grid.add(
          Svg.line(x(tick), TOP, x(tick), bottom),
          Svg.text(x(tick), bottom + 14, Numbers.percent(tick), Svg.Anchor.MIDDLE)
              .with("class", "soft"));
    }
    svg.add(grid);
    for (int i = 0; i < methods.size(); i++) {
      svg.add(line(set, methods.get(i), TOP + (i + 0.5) * LINE));
    }
    return svg;
  }

  private Element line(String set, Method method, double y) {
    Evaluation score = score(set, method).orElseThrow();
    boolean ours = method.equals(Method.SUPER_NEURONS);
    Element line =
        Element.of("g")
            .with("class", ours ? "ours" : "other")
            .add(Svg.text(LEFT - 10, y + 4, method.title(), Svg.Anchor.END));
    score
        .interval()
        .ifPresent(
            interval ->
                line.add(
                    Svg.line(x(interval.low()), y, x(interval.high()), y)
                        .with("class", "whisker")));
    String verdict =
        task.compared(set, method)
            .map(test -> ", Super Neurons: " + test.verdict().label())
            .orElse("");
    Element name =
        Element.of("title", method.title() + " " + Numbers.fine(score.value()) + verdict);
    return line.add(
        Element.of("circle")
            .with("class", "point")
            .with("cx", x(score.value()))
            .with("cy", y)
            .with("r", ours ? 5 : 4)
            .add(name),
        Svg.text(LEFT + WIDTH + 56, y + 4, Numbers.fine(score.value()), Svg.Anchor.END));
  }

  private static double x(double share) {
    return LEFT + Math.max(0, share) * WIDTH;
  }

  private Element facts() {
    Element facts = Element.of("ul").with("class", "facts");
    costs(task, cost, pace).forEach(fact -> facts.add(Element.of("li", fact)));
    Precision.of(task.chosen())
        .filter(Precision::isWide)
        .ifPresent(
            few -> facts.add(Element.of("li", "too few labels to tell").with("class", "bad")));
    return facts;
  }

  /** Where the rows of a task leave the model, and what that costs. */
  static List<String> costs(TaskResults task, ExitCost cost, Optional<Pace> pace) {
    ModelLayer exit = task.chosen().exitLayer();
    double share = cost.share(exit);
    List<String> costs =
        new ArrayList<>(List.of(exitWords(exit), Numbers.percent(share) + " of a pass"));
    if (share > 0) {
      pace.ifPresent(known -> costs.add(known.text(share)));
    }
    return costs;
  }

  private static String exitWords(ModelLayer exit) {
    return exit.inTower()
        ? "leaves in the vision tower, after " + exit.name()
        : "leaves after layer " + exit.name();
  }
}
