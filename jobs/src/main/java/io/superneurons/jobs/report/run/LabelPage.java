package io.superneurons.jobs.report.run;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.report.images.Thumbnails;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.markup.Page;
import io.superneurons.jobs.run.RunSummary;
import io.superneurons.jobs.run.TaskSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The page that label ends with: what was labelled, what it was least sure of, errors, drift. */
public final class LabelPage {
  /** Its file, beside the predictions; readers of the folder pass over the name. */
  public static final String FILE_NAME = "_report.html";

  private final RunSummary run;
  private final LabelledRows rows;
  private final Thumbnails pictures;
  private final LabelledTables tables;

  public LabelPage(RunSummary run, LabelledRows rows, Thumbnails pictures) {
    this.run = run;
    this.rows = rows;
    this.pictures = pictures;
    this.tables = new LabelledTables(run.tasks());
  }

  /** The text of the page. */
  public String render() {
    List<Element> main = new ArrayList<>(List.of(header()));
    if (tables.knowsDrift()) {
      main.add(drift());
    }
    Map<String, List<LabelledRow>> leastSure = rows.leastSure();
    for (int i = 0; i < run.tasks().size(); i++) {
      TaskSummary task = run.tasks().get(i);
      main.add(task(task, "task-" + (i + 1), leastSure.getOrDefault(task.task(), List.of())));
    }
    if (!run.errors().isEmpty()) {
      main.add(errors());
    }
    main.add(pictures.definitions());
    String title = "Labelled: " + run.ended().substring(0, 10);
    return new Page(title).render(contents(), main);
  }

  private Element contents() {
    Element nav = Element.of("nav").with("class", "contents").add(Element.of("b", "Labels"));
    if (tables.knowsDrift()) {
      nav.add(link("drift", "Drift", ""));
    }
    for (int i = 0; i < run.tasks().size(); i++) {
      nav.add(link("task-" + (i + 1), run.tasks().get(i).task(), "task"));
    }
    return run.errors().isEmpty() ? nav : nav.add(link("errors", "Errors", ""));
  }

  private static Element link(String id, String text, String style) {
    return Element.of("a", text).with("href", "#" + id).with("class", style);
  }

  /** What the run did; one that found nothing to do shows what earlier ones did. */
  private String title() {
    if (run.done() + run.failed() + run.left() == 0 && run.doneBefore() > 0) {
      return "Nothing to do, " + Plural.text(run.doneBefore(), "row") + " labelled before";
    }
    String folder = run.dateFolder() == null ? "" : " in " + run.dateFolder();
    return Plural.text(run.done(), "row") + " labelled" + folder;
  }

  private Element header() {
    Element header =
        Element.of("header")
            .add(
                Element.of("h1", title()),
                Element.paragraph(
                    "lead",
                    String.format(
                        Locale.ROOT,
                        "From %s to %s (UTC)%s; %s failed, %s done before, %s left.",
                        clock(run.started()),
                        clock(run.ended()),
                        pace(),
                        Numbers.count(run.failed()),
                        Numbers.count(run.doneBefore()),
                        Numbers.count(run.left()))));
    List<String> doubtful =
        run.tasks().stream()
            .filter(task -> !task.warnings().isEmpty())
            .map(TaskSummary::task)
            .toList();
    if (!doubtful.isEmpty()) {
      header.add(
          Element.paragraph(
              "verdict below",
              "Labels that may mean nothing: " + String.join(", ", doubtful) + "; see there."));
    }
    return tables.knowsDrift() ? header.add(driftInWords()) : header;
  }

  private String pace() {
    return run.done() == 0
        ? ""
        : String.format(Locale.ROOT, ", %.1f rows a second", run.rowsPerSecond());
  }

  /** What is said of drift at the top: all is well only where every task has rows enough. */
  private Element driftInWords() {
    List<String> drifted = tasksOf("warn", "fail");
    if (!drifted.isEmpty()) {
      return Element.paragraph(
          "verdict below",
          "Drifted from the probing rows: " + String.join(", ", drifted) + ". Look at some.");
    }
    List<String> few = tasksOf("few_rows");
    return few.isEmpty()
        ? Element.paragraph(
            "verdict", "No task drifted: its rows look to its neurons as the probing rows did.")
        : Element.paragraph(
            "note", "Too few rows to tell whether these drifted: " + String.join(", ", few) + ".");
  }

  private List<String> tasksOf(String... verdicts) {
    return run.tasks().stream()
        .filter(task -> task.drift() != null)
        .filter(task -> List.of(verdicts).contains(task.drift().verdict()))
        .map(TaskSummary::task)
        .toList();
  }

  /** A time such as {@code 2026-11-30T15:21:34Z} as people write it. */
  private static String clock(String time) {
    return time.replace('T', ' ').replace("Z", "");
  }

  private Element drift() {
    return Element.of("section")
        .with("class", "box")
        .with("id", "drift")
        .add(Element.of("h2", "Drift"), tables.drift());
  }

  private Element task(TaskSummary task, String id, List<LabelledRow> leastSure) {
    Element section =
        Element.of("section")
            .with("class", "box")
            .with("id", id)
            .add(Element.of("h2", task.task()), Element.paragraph("lead", words(task)));
    Element gallery = Element.of("div").with("class", "gallery close");
    leastSure.forEach(row -> gallery.add(tile(row)));
    Element beside = Element.of("div").add(Element.of("h4", "Least sure"), gallery);
    return section.add(
        Element.of("div").with("class", "pair labelled").add(tables.labels(task), beside));
  }

  private static String words(TaskSummary task) {
    String right =
        task.accuracy() == null
            ? ""
            : String.format(
                Locale.ROOT,
                " %s came with a label, which %s of these got.",
                Numbers.count(task.labelledRows()),
                Numbers.fine(task.accuracy()));
    return String.format(
        Locale.ROOT,
        "%s%s, %s; %s undecided.%s",
        task.warnings().stream().map(told -> told + ". ").collect(Collectors.joining()),
        Plural.text(task.rows(), "row"),
        LabelledTables.exits(task),
        task.undecided() == 0 ? "none" : Numbers.count(task.undecided()),
        right);
  }

  private Element tile(LabelledRow row) {
    return Element.of("div")
        .with("class", "tile")
        .with("title", Thumbnails.title(row.image(), row.id()))
        .add(
            pictures.show(row.image(), row.id()),
            Element.of("b", row.prediction().orElse("undecided")),
            Element.of("div", sure(row)).with("class", "id"));
  }

  /** How sure a row's label is; of one without a label only how close its votes are. */
  static String sure(LabelledRow row) {
    return row.prediction().isPresent() && row.probability().isPresent()
        ? Numbers.percent(row.probability().getAsDouble()) + " sure"
        : "margin " + Numbers.score(row.margin().orElse(Double.NaN));
  }

  private Element errors() {
    Element head =
        Element.of("tr")
            .add(Element.heading("kind").with("class", "name"), Element.heading("rows"));
    Element body = Element.of("tbody");
    run.errors()
        .forEach(
            (kind, count) ->
                body.add(
                    Element.of("tr")
                        .add(
                            Element.of("td", kind).with("class", "name"),
                            Element.of("td", Numbers.count(count)))));
    Element list = Element.of("ul");
    rows.failed()
        .forEach(
            row ->
                list.add(
                    Element.of(
                        "li", row.image().orElse(row.id()) + ": " + row.error().orElse(""))));
    return Element.of("section")
        .with("class", "box")
        .with("id", "errors")
        .add(
            Element.of("h2", "Errors"),
            Element.of("table").add(Element.of("thead").add(head), body),
            list);
  }
}
