package io.superneurons.jobs.report;

import io.superneurons.jobs.report.images.Thumbnails;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.neuron.NeuronCards;
import io.superneurons.jobs.report.read.Method;
import io.superneurons.jobs.report.read.Selection;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.jobs.report.read.Singles;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.report.rows.ConfusionTable;
import io.superneurons.jobs.report.rows.Gallery;
import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.results.Precision;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rule.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Draws the section about one task, which folds. */
final class TaskSection {
  private static final String NO_PICTURES =
      "Images stand here by their names; report --input, as extract was given, shows them.";

  private final TaskResults task;
  private final Selection selection;
  private final List<String> judging;
  private final ChartScores scores;

  /**
   * The section of a task.
   *
   * @param judging the sets that results are judged on
   * @param scores of all tasks, so that their charts have one scale
   */
  TaskSection(TaskResults task, Selection selection, List<String> judging, ChartScores scores) {
    this.task = task;
    this.selection = selection;
    this.judging = judging;
    this.scores = scores;
  }

  /**
   * The section.
   *
   * @param id that links lead to
   * @param open whether it is unfolded at first
   */
  Element draw(String id, boolean open, Thumbnails pictures) {
    Element section = Element.of("details").with("class", "task").with("id", id).add(title());
    if (open) {
      section.with("open", "open");
    }
    section.addAll(new TaskWords(task, judging.stream().findFirst()).draw());
    judging.forEach(set -> section.add(new Verdict(List.of(task), set).draw()));
    Optional<Singles> singles = Optional.ofNullable(selection.singles().get(task.task()));
    singles.ifPresent(rows -> addRows(section, rows, pictures));
    section.add(Element.of("h3", "What it costs, and how many neurons it takes"), curves());
    singles
        .filter(rows -> !rows.values().isEmpty())
        .ifPresent(rows -> addCards(section, rows, pictures));
    if (!task.reliability().isEmpty()) {
      section.add(Element.of("h3", "Can its probability be trusted?"), calibration());
    }
    if (!task.chosen().cascade().deeper().isEmpty()) {
      section.add(
          Element.of("h3", "Cascade"), new CascadeTable(task.chosen(), selection.cost()).draw());
    }
    return section.add(whereInTheModel());
  }

  private Element title() {
    TaskSuperNeurons chosen = task.chosen();
    String set = judging.isEmpty() ? Sets.lastThatChose(List.of(task)) : judging.get(0);
    String score =
        task.accuracy(set, Method.SUPER_NEURONS)
            .map(ours -> Numbers.fine(ours.value()) + " right on " + Sets.title(set) + ", ")
            .orElse("");
    return Element.of("summary")
        .add(
            Element.of("h2", task.task()),
            Element.of("span", score + "exit after " + chosen.exitLayer()));
  }

  private void addRows(Element section, Singles singles, Thumbnails pictures) {
    ConfusionTable table = new ConfusionTable(task.chosen().labels(), singles.rows());
    String set = Sets.title(singles.set());
    section.add(
        Element.of("h3", "What it gets right and wrong, on " + set),
        Element.of("div")
            .with("class", "pair")
            .add(
                Element.of("figure")
                    .add(
                        table.matrix(),
                        Element.of(
                            "figcaption",
                            "Confusion matrix: a line for each true label, a column for what the"
                                + " votes say. Shades go by the share of the line.")),
                Element.of("figure").add(table.labels())));
    section.addAll(new Gallery(singles.rows()).draw(pictures));
    section.add(
        Element.paragraph(
            "note",
            "Bars: the votes, the winner’s in colour. Sure: how likely the label is right, by the"
                + " margin of the votes."
                + missing(new Gallery(singles.rows()).images(), pictures)));
  }

  /** Why images stand by their names; nothing where all that are there are shown. */
  private static String missing(List<String> images, Thumbnails pictures) {
    int leftOut = pictures.leftOut(images);
    if (leftOut > 0) {
      return " " + Pictures.leftOut(leftOut) + ".";
    }
    return pictures.any() ? "" : " " + NO_PICTURES;
  }

  private void addCards(Element section, Singles singles, Thumbnails pictures) {
    NeuronCards cards = new NeuronCards(task.chosen(), singles.values());
    section.add(
        Element.of("h3", "Its best neurons, one by one"),
        Element.paragraph(
            "note",
            "Values on the "
                + Sets.title(singles.set())
                + " rows, a histogram for each true label; the dashed line is the threshold. Blue:"
                + " the neuron’s vote is right there; orange: wrong; grey: it does not vote."
                + missing(cards.images(), pictures)),
        cards.draw(pictures));
  }

  private Element curves() {
    Element pair = Element.of("div").with("class", "pair");
    ExitLadder ladder = new ExitLadder(task, selection.cost(), scores.byExit());
    if (ladder.any()) {
      pair.add(
          figure(
              "ladder",
              ladder.draw(),
              title(task.metric())
                  + " of every exit against what it costs: squares within the vision tower (v0, v1,"
                  + " …), circles within the decoder; each with its best rule and number of"
                  + " neurons."));
    }
    SizeLadder sizes = new SizeLadder(task, selection.superNeurons().image());
    if (sizes.any()) {
      pair.add(
          figure(
              "sizes",
              sizes.draw(),
              title(task.metric())
                  + " of every exit at each size of images, on rows that had no say in the choice."
                  + " One size is chosen for all tasks: the cheapest that makes no task worse than"
                  + " a costlier one, beyond the tolerance."));
    }
    List<String> sets =
        task.curveSets(CurvePoint.Along.TOP_K).stream()
            .filter(set -> !set.equals(Sets.PROBE))
            .toList();
    Map<String, List<CurvePoint>> lines = new HashMap<>();
    sets.forEach(set -> lines.put(set, task.curve(CurvePoint.Along.TOP_K, set)));
    OptionalInt chosen = OptionalInt.of(task.chosen().neurons().size());
    LineChart chart = new LineChart("Super Neurons", sets, lines, chosen, scores.byNeurons());
    pair.add(
        figure(
            "neurons",
            chart.draw("Score against the number of Super Neurons"),
            title(task.metric())
                + " against the number of Super Neurons, up to the same exit layer."));
    learning().ifPresent(pair::add);
    return pair;
  }

  /** What fewer rows would have come to; nothing where that is not known. */
  private Optional<Element> learning() {
    List<String> sets = task.curveSets(CurvePoint.Along.ROWS_PER_LABEL);
    if (sets.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<CurvePoint>> lines = new HashMap<>();
    sets.forEach(set -> lines.put(set, task.curve(CurvePoint.Along.ROWS_PER_LABEL, set)));
    String more =
        Precision.of(task.chosen()).map(precision -> " Now: " + precision.text() + ".").orElse("");
    return Optional.of(
        figure(
            "learning",
            new LineChart(
                    "labelled rows per label", sets, lines, OptionalInt.empty(), scores.byRows())
                .draw("Score against the number of labelled rows"),
            "Learning curve: "
                + Sets.title(task.metric())
                + " on held-out rows where fewer rows of each label fit. Where it still rises,"
                + " more labels are worth their work."
                + more));
  }

  private static String title(String metric) {
    String words = Sets.title(metric);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private Element calibration() {
    String errors =
        task.evaluations().stream()
            .filter(evaluation -> evaluation.metric().equals("ece"))
            .map(error -> Sets.title(error.set()) + " " + Numbers.score(error.value()))
            .collect(Collectors.joining(", "));
    return figure(
        "reliability",
        new ReliabilityChart(task.reliability()).draw(),
        "How often votes are right against how often label’s probability says so, in bins of"
            + " rows that neither chose nor calibrated: on the line the probability keeps its word."
            + " Expected calibration error, the mean distance from the line: "
            + errors
            + ".");
  }

  private Element whereInTheModel() {
    String score =
        task.chosen().rule() == Rule.ONE_VS_REST
            ? "balanced accuracy of a single neuron, of its label against the rest,"
            : Sets.title(task.metric()) + " of a single neuron";
    Element map = Element.of("div").with("class", "wide").add(new HeatMap(task.cells()).draw());
    return Element.of("details")
        .with("class", "more")
        .add(
            Element.of("summary", "Where in the model: all layers, and the list of neurons"),
            figure(
                "map",
                List.of(map),
                "Best "
                    + score
                    + " per layer and site: of each cell’s best neuron on the probing rows, the"
                    + " score on held-out ones."),
            new NeuronTable(task.chosen()).draw());
  }

  private static Element figure(String kind, List<Element> drawing, String caption) {
    return Element.of("figure")
        .with("class", kind)
        .addAll(drawing)
        .add(Element.of("figcaption", caption));
  }
}
