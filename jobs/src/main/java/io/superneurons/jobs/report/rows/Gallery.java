package io.superneurons.jobs.report.rows;

import io.superneurons.jobs.report.images.Thumbnails;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.results.JudgedRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws rows that are wrong, rows whose votes were close, and some that are right. */
public final class Gallery {
  private final RowsOfSet rows;

  public Gallery(RowsOfSet rows) {
    this.rows = rows;
  }

  /** The images that it shows, as rows name them, the most telling first. */
  public List<String> images() {
    return Stream.of(rows.shownWrong(), rows.shownLeastSure(), rows.shownRight())
        .flatMap(List::stream)
        .map(JudgedRow::image)
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  /** The gallery; of rows that nobody is sure of those are left out that are wrong anyway. */
  public List<Element> draw(Thumbnails pictures) {
    List<Element> drawn = new ArrayList<>();
    int wrong = rows.rows() - rows.right();
    if (wrong > 0) {
      drawn.add(heading("Wrong", rows.shownWrong().size(), wrong, "the surest first"));
      drawn.add(tiles("wrong", rows.shownWrong(), pictures));
    }
    List<JudgedRow> close = rows.shownLeastSure();
    if (!close.isEmpty()) {
      drawn.add(heading("Least sure", close.size(), rows.rows(), "the closest votes first"));
      drawn.add(tiles("close", close, pictures));
    }
    if (rows.right() > 0) {
      drawn.add(heading("Right", rows.shownRight().size(), rows.right(), "by lot"));
      drawn.add(tiles("right", rows.shownRight(), pictures));
    }
    return drawn;
  }

  private static Element heading(String kind, int shown, int all, String order) {
    String count =
        shown == all
            ? " (" + Numbers.count(all) + ")"
            : String.format(
                Locale.ROOT, " (%s of %s, %s)", Numbers.count(shown), Numbers.count(all), order);
    return Element.of("h4", kind).add(Element.of("span", count).with("class", "note"));
  }

  private static Element tiles(String kind, List<JudgedRow> shown, Thumbnails pictures) {
    Element tiles = Element.of("div").with("class", "gallery " + kind);
    shown.forEach(row -> tiles.add(tile(row, pictures)));
    return tiles;
  }

  private static Element tile(JudgedRow row, Thumbnails pictures) {
    String said = row.prediction().orElse("undecided");
    Element words = Element.of("div");
    if (row.isRight()) {
      words.add(Element.of("b", said).with("class", "good")).text(" ✓");
    } else {
      words.add(Element.of("b", said).with("class", "bad")).text(" ✗ is " + row.label());
    }
    String sure =
        row.probability().isPresent()
            ? Numbers.percent(row.probability().getAsDouble()) + " sure"
            : "no vote";
    return Element.of("div")
        .with("class", "tile")
        .with("title", title(row))
        .add(
            pictures.show(row.image(), row.id()),
            words,
            votes(row),
            Element.of("div", sure).with("class", "id"));
  }

  private static String title(JudgedRow row) {
    return Thumbnails.title(row.image(), row.id())
        + row.question().map(asked -> ": " + asked).orElse("")
        + "; votes: "
        + sorted(row.votes()).stream()
            .map(vote -> vote.getKey() + " " + Numbers.weight(vote.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** The labels with votes, the most first. */
  private static List<Map.Entry<String, Double>> sorted(Map<String, Double> votes) {
    return votes.entrySet().stream()
        .filter(vote -> vote.getValue() > 0)
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  /** The votes as parts of a bar, the winner's in colour. */
  private static Element votes(JudgedRow row) {
    double all = row.votes().values().stream().mapToDouble(Double::doubleValue).sum();
    Element bar = Element.of("div").with("class", "votes");
    for (Map.Entry<String, Double> vote : sorted(row.votes())) {
      boolean first = row.prediction().filter(vote.getKey()::equals).isPresent();
      bar.add(
          Element.of("i")
              .with("class", first ? "first" : "rest")
              .with("style", String.format(Locale.ROOT, "--s:%.4f", vote.getValue() / all)));
    }
    return bar;
  }
}
