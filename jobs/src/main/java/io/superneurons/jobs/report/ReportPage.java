package io.superneurons.jobs.report;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.report.images.Thumbnails;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Page;
import io.superneurons.jobs.report.read.Selection;
import io.superneurons.jobs.report.read.Sets;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.report.run.LabelledTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The whole report: one page that needs nothing beside it. The same selection gives the same bytes.
 */
final class ReportPage {
  private static final String TITLE = "Super Neurons";

  /** So few tasks are all unfolded at first; of more only the first is. */
  private static final int ALL_OPEN = 2;

  private final Selection selection;
  private final Thumbnails pictures;
  private final List<String> judging;
  private final LabelledTables labelled;

  ReportPage(Selection selection, Thumbnails pictures) {
    this.selection = selection;
    this.pictures = pictures;
    this.judging = Sets.judging(selection.tasks());
    this.labelled = new LabelledTables(selection.labelled());
  }

  /** The text of the page: HTML that is well-formed XML too. */
  String render() {
    List<Element> main = new ArrayList<>(List.of(header(), results()));
    List<TaskResults> tasks = selection.tasks();
    ChartScores scores = ChartScores.of(tasks, judging);
    for (int i = 0; i < tasks.size(); i++) {
      boolean open = i == 0 || tasks.size() <= ALL_OPEN;
      main.add(
          new TaskSection(tasks.get(i), selection, judging, scores).draw(id(i), open, pictures));
    }
    if (tasks.size() > 1) {
      main.add(new SharedSection(selection.shared(), selection.transfers()).draw());
    }
    if (labelled.knowsDrift()) {
      main.add(drift());
    }
    main.add(new About(selection.superNeurons()).draw());
    main.add(pictures.definitions());
    return new Page(TITLE + ": " + selection.superNeurons().model().name())
        .render(contents(), main);
  }

  private static String id(int task) {
    return "task-" + (task + 1);
  }

  private Element contents() {
    Element nav = Element.of("nav").with("class", "contents").add(Element.of("b", TITLE));
    nav.add(link("results", "The answer", ""));
    for (int i = 0; i < selection.tasks().size(); i++) {
      nav.add(link(id(i), selection.tasks().get(i).task(), "task"));
    }
    if (selection.tasks().size() > 1) {
      nav.add(link("transfer", "Shared neurons", ""));
    }
    if (labelled.knowsDrift()) {
      nav.add(link("drift", "Drift", ""));
    }
    return nav.add(link("about", "Made with", ""));
  }

  private static Element link(String id, String text, String style) {
    return Element.of("a", text).with("href", "#" + id).with("class", style);
  }

  private Element header() {
    return Element.of("header")
        .add(
            Element.of("h1", TITLE + " of " + selection.superNeurons().model().name()),
            Element.paragraph(
                "lead",
                neurons()
                    + ", each made a classifier by its value; the best of them vote. Rows that are"
                    + " judged here chose nothing unless it says so."));
  }

  /** What neurons are here: those of the vision tower see the image alone. */
  private String neurons() {
    boolean tower =
        selection.tasks().stream()
            .flatMap(task -> task.cells().stream())
            .anyMatch(cell -> cell.place().modelLayer().inTower());
    return "Single activations of the model’s first answer token"
        + (tower
            ? ", and of the image in the vision tower, whose layers v0, v1, … come before the"
                + " decoder’s 0, 1, …"
            : "");
  }

  private Element results() {
    Element section = Element.of("section").with("id", "results");
    boolean judged = !judging.isEmpty();
    String first = judged ? judging.get(0) : Sets.lastThatChose(selection.tasks());
    section.add(
        Element.of("h2", "The answer"),
        judged ? verdict(first).drawWithAnswers(this::costs) : nobodyJudges(first));
    Element answers = Element.of("div").with("class", "answers");
    for (int i = 0; i < selection.tasks().size(); i++) {
      answers.add(
          new AnswerCard(selection.tasks().get(i), selection.cost(), selection.pace())
              .draw(first, id(i)));
    }
    section.add(answers, Element.paragraph("note", costs()));
    Element all = Element.of("div").add(Element.of("h3", "All methods, side by side"));
    all.add(new ResultsTable(selection.tasks(), first).draw());
    for (String set : judged ? judging.subList(1, judging.size()) : judging) {
      all.add(verdict(set).draw(), new ResultsTable(selection.tasks(), set).draw());
    }
    return section.add(all.with("class", "tables"), Element.paragraph("note", explanation()));
  }

  private Verdict verdict(String set) {
    return new Verdict(selection.tasks(), set);
  }

  private List<String> costs(TaskResults task) {
    return AnswerCard.costs(task, selection.cost(), selection.pace());
  }

  private static Element nobodyJudges(String set) {
    return Element.paragraph(
        "verdict below",
        String.format(
                Locale.ROOT,
                "There are no test rows. The %s rows made the choices: what Super Neurons"
                    + " reach",
                Sets.title(set))
            + " on them is too good to expect it of new ones.");
  }

  private String costs() {
    return selection.cost().explanation()
        + selection
            .pace()
            .map(
                pace ->
                    String.format(
                        Locale.ROOT,
                        " Images a second, each with one question: estimated by that share from"
                            + " the %s that %s did here.",
                        Plural.text(pace.rows(), "row"),
                        pace.job()))
            .orElse("");
  }

  private static String explanation() {
    return "Bold: the best on these rows, and what prints alike. Small: 95% interval, of images"
        + " drawn anew; better, tie or worse: Super Neurons beside that method, by McNemar’s exact"
        + " test of the images on which one of them gets more rows right (p at most 0.05). Rows"
        + " that no neuron votes on are undecided and count as wrong. SAVs: whole attention heads"
        + " that vote by the nearest class mean. Linear probe: ridge regression on a whole layer."
        + " Random neurons: the mean of several draws. Majority class: always the most frequent"
        + " label.";
  }

  private Element drift() {
    return Element.of("section")
        .with("class", "box")
        .with("id", "drift")
        .add(
            Element.of("h2", "Drift"),
            Element.of(
                "p",
                "How far the rows that label was given are from the probing rows, by what the"
                    + " chosen neurons do on them. Drifted rows may be labelled wrong without a"
                    + " sign: look at some, and select on new probing rows where they are."),
            labelled.drift());
  }
}
