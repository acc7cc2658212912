package io.superneurons.jobs.report.rows;

import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import java.util.List;
import java.util.Locale;

/** Draws what rows of each label were taken for, and how well each label is told. */
public final class ConfusionTable {
  /** Shades that need a light text on them. */
  private static final double STRONG = 0.55;

  private final List<String> labels;
  private final RowsOfSet rows;

  public ConfusionTable(List<String> labels, RowsOfSet rows) {
    this.labels = labels;
    this.rows = rows;
  }

  /** The confusion matrix: a line for each label, a column for each prediction. */
  public Element matrix() {
    boolean undecided = labels.stream().anyMatch(label -> rows.undecided(label) > 0);
    Element head = Element.of("tr").add(Element.heading("is \\ says"));
    labels.forEach(label -> head.add(Element.heading(label)));
    if (undecided) {
      head.add(Element.heading("undecided"));
    }
    Element body = Element.of("tbody");
    for (String label : labels) {
      Element row = Element.of("tr").add(Element.of("th", label).with("scope", "row"));
      labels.forEach(said -> row.add(cell(label, rows.count(label, said), said.equals(label))));
      if (undecided) {
        row.add(cell(label, rows.undecided(label), false));
      }
      body.add(row);
    }
    Element table =
        Element.of("table").with("class", "confusion").add(Element.of("thead").add(head), body);
    return Element.of("div").with("class", "wide").add(table);
  }

  private Element cell(String label, int count, boolean right) {
    double share = count / (double) Math.max(1, given(label));
    Element cell =
        Element.of("td", Numbers.count(count))
            .with("style", String.format(Locale.ROOT, "--s:%.3f", share))
            .with("title", Numbers.fine(share) + " of the rows that are " + label);
    String style = count == 0 ? "none" : right ? "right" : "wrong";
    return cell.with("class", style + (share > STRONG ? " strong" : ""));
  }

  /** Rows of each label, how many of them are found, and how many that get it are right. */
  public Element labels() {
    Element head =
        Element.of("tr")
            .add(
                Element.heading("label").with("class", "name"),
                Element.heading("rows"),
                heading("found", "Recall: of the rows with this label, the share that gets it"),
                heading("trusted", "Precision: of the rows that get this label, the right share"),
                heading("F1", "The harmonic mean of the two"));
    Element body = Element.of("tbody");
    labels.forEach(label -> body.add(row(label)));
    Element table =
        Element.of("table").with("class", "labels sorts").add(Element.of("thead").add(head), body);
    return Element.of("div").with("class", "wide").add(table);
  }

  private static Element heading(String word, String meaning) {
    return Element.of("th").with("scope", "col").add(Element.term(word, meaning));
  }

  private Element row(String label) {
    int hits = rows.count(label, label);
    int given = given(label);
    int said = labels.stream().mapToInt(other -> rows.count(other, label)).sum();
    double recall = hits / (double) given;
    double precision = hits / (double) said;
    double f1 = 2.0 * hits / (given + said);
    Element bar =
        Element.of("span")
            .with("class", "bar")
            .with("style", String.format(Locale.ROOT, "--s:%.3f", Double.isNaN(f1) ? 0 : f1))
            .add(Element.of("i"));
    return Element.of("tr")
        .add(
            Element.of("td", label).with("class", "name"),
            Element.of("td", Numbers.count(given)),
            Element.of("td", Numbers.fine(recall)),
            Element.of("td", Numbers.fine(precision)),
            Element.of("td", Numbers.score(f1)).add(bar));
  }

  private int given(String label) {
    return labels.stream().mapToInt(said -> rows.count(label, said)).sum() + rows.undecided(label);
  }
}
