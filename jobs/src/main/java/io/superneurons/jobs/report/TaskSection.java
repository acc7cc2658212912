package io.superneurons.jobs.report;

import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Part;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.Precision;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Discoveries;
import io.superneurons.neuron.statistics.Permutations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Draws the section about one task. */
final class TaskSection {
  private final TaskResults task;
  private final ExitCost cost;
  private final List<String> judging;

  /**
   * The section of a task.
   *
   * @param cost of exit layers
   * @param judging the sets that results are judged on
   */
  TaskSection(TaskResults task, ExitCost cost, List<String> judging) {
    this.task = task;
    this.cost = cost;
    this.judging = judging;
  }

  /**
   * The section.
   *
   * @param id that links lead to
   */
  Element draw(String id) {
    Element section =
        Element.of("section")
            .with("class", "task")
            .with("id", id)
            .add(Element.of("h2", task.task()), summary());
    task.chosen().chosen().permutations().ifPresent(found -> section.add(luck(found)));
    judging.forEach(set -> section.add(new Verdict(List.of(task), set).draw()));
    notes().forEach(note -> section.add(Element.of("p", note).with("class", "note")));
    section.add(heatMap(), byNeurons());
    byTowerLayer().ifPresent(section::add);
    byExitLayer().ifPresent(section::add);
    if (!task.chosen().cascade().deeper().isEmpty()) {
      section.add(Element.of("h3", "Cascade"), new CascadeTable(task.chosen(), cost).draw());
    }
    if (!task.reliability().isEmpty()) {
      section.add(Element.of("h3", "Calibration"), calibration());
    }
    return section.add(Element.of("h3", "Neurons"), neurons());
  }

  /** What else to know of the numbers. */
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    Precision.of(task.chosen())
        .ifPresent(
            sure -> notes.add((sure.isWide() ? "Too few labels to tell: " : "") + sure.text()));
    task.evaluations().stream()
        .filter(one -> one.metric().equals(Evaluation.COVERAGE) && one.value() < 1)
        .forEach(
            one ->
                notes.add(
                    String.format(
                        Locale.ROOT,
                        "Undecided on %s: %.0f of %s rows.",
                        Sets.title(one.set()),
                        (1 - one.value()) * one.rows(),
                        Numbers.count(one.rows()))));
    if (!task.others().isEmpty()) {
      notes.add("Own answers that name no label, the most frequent: " + task.otherAnswers() + ".");
    }
    return notes;
  }

  private Element summary() {
    TaskSuperNeurons chosen = task.chosen();
    StringBuilder text = new StringBuilder();
    chosen.question().ifPresent(question -> text.append("“").append(question).append("” "));
    text.append(
        String.format(
            Locale.ROOT,
            "Labels: %s. %s %s by %s vote, %s rule, exit after %s; chosen by %s on %s rows.",
            String.join(", ", chosen.labels()),
            Numbers.count(chosen.neurons().size()),
            chosen.neurons().size() == 1 ? "neuron" : "neurons",
            Sets.title(chosen.voting().label()),
            Sets.title(chosen.rule().label()),
            chosen.exitLayer(),
            Sets.title(chosen.metric().label()),
            Sets.title(chosen.chosen().on().label())));
    if (chosen.chosen().fittedOn() == FittedOn.PROBE_AND_VALIDATION) {
      text.append(" They are fitted on probing and validation rows.");
    }
    if (chosen.chosen().abstainBelow() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              " Rows with a margin below %s are undecided; scores count them by their votes.",
              Numbers.score(chosen.chosen().abstainBelow())));
    }
    text.append(
        String.format(
            Locale.ROOT,
            " Of %s neurons that were tried, %s stand out from luck at a false discovery rate of"
                + " 5%%.",
            Numbers.count(task.tried()),
            Numbers.count(task.significant())));
    task.chosen().chosen().discoveries().ifPresent(found -> text.append(who(found)));
    return Element.of("p", text.toString());
  }

  /** Whether those that vote are more than candidates. */
  private static String who(Discoveries found) {
    return String.format(
        Locale.ROOT,
        found.any()
            ? " Only neurons with a q-value of at most %s might vote."
            : " None has a q-value of at most %s, so that all might vote: these are candidates.",
        found.maxQ());
  }

  /** What the same procedure finds on shuffled labels. */
  private static Element luck(Permutations shuffled) {
    String text =
        shuffled.found()
            ? "Not by luck: with labels shuffled, %s of %s runs of the whole selection did as well"
            : "Nothing was found: with labels shuffled, %s of %s runs of the whole selection did as"
                + " well";
    return Element.of(
            "p",
            String.format(
                Locale.ROOT,
                text + " as this one, %s (p = %s, q among the tasks = %s; their mean is %s).",
                Numbers.count(shuffled.asGood()),
                Numbers.count(shuffled.count()),
                Numbers.score(shuffled.score()),
                Numbers.score(shuffled.pValue()),
                Numbers.score(shuffled.qValue()),
                Numbers.score(shuffled.shuffledMean())))
        .with("class", shuffled.found() ? "luck verdict" : "luck verdict below")
        .with("data-found", String.valueOf(shuffled.found()));
  }

  private Element heatMap() {
    String score =
        task.chosen().rule() == Rule.ONE_VS_REST
            ? "balanced accuracy of a single neuron, of its label against the rest,"
            : Sets.title(task.metric()) + " of a single neuron";
    return figure(
        List.of(new HeatMap(task.cells()).draw()),
        "Best "
            + score
            + " per layer and site: of each cell’s best neuron on the probing rows, the score on"
            + " held-out ones.");
  }

  private Element byNeurons() {
    LineChart chart =
        new LineChart("Super Neurons", series(CurvePoint.Along.TOP_K))
            .chosen(OptionalInt.of(task.chosen().neurons().size()));
    return figure(
        chart.draw("Score against the number of Super Neurons"),
        title() + " against the number of Super Neurons, up to the same exit layer.");
  }

  /** Against the exit layer within the vision tower; nothing where none was tried. */
  private Optional<Element> byTowerLayer() {
    List<LineChart.Series> series = series(CurvePoint.Along.EXIT_TOWER_LAYER);
    if (series.isEmpty()) {
      return Optional.empty();
    }
    LineChart chart =
        new LineChart("exit layer of the vision tower", series)
            .columns(layer -> cost.share(ModelLayer.ofTower(layer)))
            .chosen(chosen(Part.TOWER));
    return Optional.of(
        figure(
            chart.draw("Score and cost against the exit layer of the vision tower"),
            title()
                + " (lines) and cost (columns, right) against the exit layer within the vision"
                + " tower, each with its best rule and number of neurons. "
                + cost.explanation()));
  }

  private OptionalInt chosen(Part part) {
    ModelLayer exit = task.chosen().exitLayer();
    return exit.part() == part ? OptionalInt.of(exit.number()) : OptionalInt.empty();
  }

  /** Against the exit layer within the decoder; nothing where none was tried. */
  private Optional<Element> byExitLayer() {
    List<LineChart.Series> series = series(CurvePoint.Along.EXIT_LAYER);
    if (series.isEmpty()) {
      return Optional.empty();
    }
    LineChart chart =
        new LineChart("exit layer", series)
            .columns(layer -> cost.share(ModelLayer.ofDecoder(layer)))
            .chosen(chosen(Part.DECODER));
    return Optional.of(
        figure(
            chart.draw("Score and cost against the exit layer"),
            title()
                + " (lines) and cost (columns, right) against the exit layer, each with its best"
                + " rule and number of neurons. "
                + cost.explanation()));
  }

  private String title() {
    String metric = Sets.title(task.metric());
    return metric.substring(0, 1).toUpperCase(Locale.ROOT) + metric.substring(1);
  }

  private List<LineChart.Series> series(CurvePoint.Along along) {
    List<String> sets = task.curveSets(along);
    List<LineChart.Series> series = new ArrayList<>();
    for (String set : sets) {
      series.add(
          new LineChart.Series(Sets.title(set), SetStyle.of(set, sets), task.curve(along, set)));
    }
    return series;
  }

  private Element calibration() {
    String errors =
        task.evaluations().stream()
            .filter(evaluation -> evaluation.metric().equals("ece"))
            .map(error -> Sets.title(error.set()) + " " + Numbers.score(error.value()))
            .collect(Collectors.joining(", "));
    return figure(
        new ReliabilityChart(task.reliability()).draw(),
        "How often votes are right against how often label’s probability says so, in bins of"
            + " rows that neither chose nor calibrated. Expected calibration error: "
            + errors
            + ".");
  }

  private static Element figure(List<Element> drawing, String caption) {
    return Element.of("figure").addAll(drawing).add(Element.of("figcaption", caption));
  }

  private Element neurons() {
    return new NeuronTable(task.chosen()).draw();
  }
}
