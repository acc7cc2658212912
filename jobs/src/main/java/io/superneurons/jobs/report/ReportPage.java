package io.superneurons.jobs.report;

import io.superneurons.jobs.report.markup.Element;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The whole report: one page that needs nothing beside it. The same selection gives the same bytes.
 */
final class ReportPage {
  /** What every page begins with. */
  static final String BEGINNING = "<!DOCTYPE html>\n";

  private static final String TITLE = "Super Neurons";

  private final Selection selection;
  private final List<String> judging;

  public ReportPage(Selection selection) {
    this.selection = selection;
    this.judging = Sets.judging(selection.tasks());
  }

  /** The text of the page: HTML that is well-formed XML too. */
  public String render() {
    Element html =
        Element.of("html")
            .with("xmlns", "http://www.w3.org/1999/xhtml")
            .with("lang", "en")
            .add(head(), body());
    return BEGINNING + html.render() + "\n";
  }

  private Element head() {
    return Element.of("head")
        .add(
            Element.of("meta").with("charset", "utf-8"),
            Element.of("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
            Element.of("title", TITLE + ": " + selection.superNeurons().model().name()),
            Element.of("style", style()));
  }

  private static String style() {
    try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Element body() {
    Element main = Element.of("main").add(header(), results());
    List<TaskResults> tasks = selection.tasks();
    for (int i = 0; i < tasks.size(); i++) {
      main.add(new TaskSection(tasks.get(i), selection.cost(), judging).draw(id(i)));
    }
    if (tasks.size() > 1) {
      main.add(new SharedSection(selection.shared(), selection.transfers()).draw());
    }
    return Element.of("body").add(main.add(new About(selection.superNeurons()).draw()));
  }

  private static String id(int task) {
    return "task-" + (task + 1);
  }

  private Element header() {
    SuperNeurons superNeurons = selection.superNeurons();
    Element links = Element.of("nav").text("Tasks: ");
    for (int i = 0; i < selection.tasks().size(); i++) {
      links
          .text(i == 0 ? "" : " · ")
          .add(Element.of("a", selection.tasks().get(i).task()).with("href", "#" + id(i)));
    }
    return Element.of("header")
        .add(
            Element.of("h1", TITLE + " of " + superNeurons.model().name()),
            Element.of(
                "p",
                neurons()
                    + ", each made a classifier by its value; the best of them vote. Rows that are"
                    + " judged here chose nothing unless it says so."),
            links);
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
    Element section = Element.of("section").with("id", "results").add(Element.of("h2", "Results"));
    if (judging.isEmpty()) {
      String set = Sets.lastThatChose(selection.tasks());
      return section.add(
          Element.of(
                  "p",
                  String.format(
                          Locale.ROOT,
                          "There are no test rows. The %s rows made the choices: what Super Neurons"
                              + " reach",
                          Sets.title(set))
                      + " on them is too good to expect it of new ones.")
              .with("class", "verdict below"),
          new ResultsTable(selection.tasks(), set).draw());
    }
    for (String set : judging) {
      section.add(
          new Verdict(selection.tasks(), set).draw(),
          new ResultsTable(selection.tasks(), set).draw());
    }
    return section.add(
        Element.of(
                "p",
                "Bold: the best on these rows, and what prints alike. Small: 95% interval, of"
                    + " images drawn anew; better, tie or worse: Super Neurons beside that method,"
                    + " by McNemar’s exact test of the images on which one of them gets more rows"
                    + " right (p at most 0.05). Rows that no neuron votes on are undecided and"
                    + " count as wrong. Random neurons: the mean of several draws.")
            .with("class", "note"));
  }
}
