package io.superneurons.jobs.report.neuron;

import io.superneurons.activation.Neuron;
import io.superneurons.jobs.report.images.Thumbnails;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Draws a card for each of a task's best neurons: the histogram of its values by label with the
 * threshold, and the images on which it is highest and lowest.
 */
public final class NeuronCards {
  private static final int IMAGES = 5;

  private final TaskSuperNeurons task;
  private final List<CardRow> rows;
  private final int count;

  /**
   * @param rows with the values of the task's first neurons, at least one
   */
  public NeuronCards(TaskSuperNeurons task, List<CardRow> rows) {
    this.task = task;
    this.rows = List.copyOf(rows);
    this.count = rows.get(0).values().length;
  }

  /** The images that the cards show, as rows name them, those of the best neuron first. */
  public List<String> images() {
    Set<String> images = new LinkedHashSet<>();
    for (int neuron = 0; neuron < count; neuron++) {
      highest(neuron).forEach(row -> row.image().ifPresent(images::add));
      lowest(neuron).forEach(row -> row.image().ifPresent(images::add));
    }
    return new ArrayList<>(images);
  }

  /** The rows with the highest values, each image once. */
  private List<CardRow> highest(int neuron) {
    return first(neuron, Comparator.comparingDouble(row -> -row.values()[neuron]));
  }

  private List<CardRow> lowest(int neuron) {
    return first(neuron, Comparator.comparingDouble(row -> row.values()[neuron]));
  }

  private List<CardRow> first(int neuron, Comparator<CardRow> order) {
    Set<String> seen = new LinkedHashSet<>();
    return rows.stream()
        .filter(row -> Float.isFinite(row.values()[neuron]))
        .sorted(order.thenComparing(CardRow::id))
        .filter(row -> seen.add(row.image().orElse(row.id())))
        .limit(IMAGES)
        .toList();
  }

  /** The cards; where scripts run a reader chooses which one is seen. */
  public Element draw(Thumbnails pictures) {
    Element cards = Element.of("div").with("class", "cards");
    IntStream.range(0, count).mapToObj(neuron -> card(neuron, pictures)).forEach(cards::add);
    return cards;
  }

  private Element card(int at, Thumbnails pictures) {
    SuperNeuron member = task.neurons().get(at);
    String name = name(member.neuron());
    Element extremes = Element.of("div");
    addExtremes(extremes, "Highest on", highest(at), at, pictures);
    addExtremes(extremes, "Lowest on", lowest(at), at, pictures);
    String held =
        Double.isNaN(member.validation())
            ? ""
            : ", " + Numbers.score(member.validation()) + " on held-out rows";
    return Element.of("div")
        .with("class", "card")
        .with("data-name", name)
        .add(
            Element.of("h4", name),
            Element.paragraph(
                "note",
                String.format(
                    Locale.ROOT,
                    "Votes by its value: %s. Alone it scores %s on the probing rows%s.",
                    VoteWords.of(member.fitted(), task.labels()),
                    Numbers.score(member.probingScore()),
                    held)),
            Element.of("div")
                .with("class", "pair")
                .add(
                    new ValueStrips(task.labels(), member.fitted(), rows, at)
                        .draw("Values of neuron " + name + " by label"),
                    extremes));
  }

  /** Such as {@code v00_mlp_post_grid[17]}. */
  private static String name(Neuron neuron) {
    return neuron.layerSite().column() + "[" + neuron.index() + "]";
  }

  private void addExtremes(
      Element box, String title, List<CardRow> shown, int at, Thumbnails pictures) {
    Element strip = Element.of("div").with("class", "strip");
    for (CardRow row : shown) {
      String label = row.label() < 0 ? "" : task.labels().get(row.label());
      String value = Numbers.activation(row.values()[at]);
      strip.add(
          Element.of("div")
              .with("class", "tile")
              .with("title", Thumbnails.title(row.image(), row.id()) + ": " + value)
              .add(
                  pictures.show(row.image(), row.id()),
                  Element.of("div", label),
                  Element.of("div", value).with("class", "id")));
    }
    box.add(Element.of("h4", title), strip);
  }
}
