package io.superneurons.jobs.select;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.select.rows.LabelledTask;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.neuron.rows.TaskRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What makes a task's labels hard to select for, a line each. */
final class LabelLines {
  /** Of fewer rows of a label, neurons and their scores are mostly luck. */
  private static final int FEW = 5;

  /** From this share of the rows on, saying the same label always has a high accuracy. */
  private static final double NEARLY_ALL = 0.95;

  private LabelLines() {}

  /** The lines of a task; none where there is nothing to tell. */
  static List<String> of(LabelledTask task, Sets sets) {
    List<String> lines = new ArrayList<>(spread(task.rows()));
    for (int set = TaskRows.TEST; set < sets.size(); set++) {
      lacking(task.rows(), set, sets.name(set)).ifPresent(lines::add);
    }
    if (task.words().question().isPresent()) {
      twofold(task.rows()).ifPresent(lines::add);
    }
    return lines;
  }

  /** Labels that no row of a set has: how often they are right there, its scores do not tell. */
  private static Optional<String> lacking(TaskRows rows, int set, String name) {
    BitSet there = new BitSet();
    IntStream.range(rows.start(set), rows.end(set)).forEach(row -> there.set(rows.given()[row]));
    List<String> lacking =
        IntStream.range(0, rows.labels().size())
            .filter(label -> !there.get(label))
            .mapToObj(label -> "'" + rows.labels().get(label) + "'")
            .toList();
    return there.isEmpty() || lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s has no row of %s, so its scores say nothing of %s",
                name,
                String.join(", ", lacking),
                lacking.size() == 1 ? "that label" : "those labels"));
  }

  /** Images of which one question has two answers. */
  private static Optional<String> twofold(TaskRows rows) {
    int[] first = new int[IntStream.of(rows.images()).max().orElse(-1) + 1]; // row of each image
    Arrays.fill(first, -1);
    BitSet images = new BitSet();
    for (int row = 0; row < rows.size(); row++) {
      int image = rows.images()[row];
      first[image] = first[image] < 0 ? row : first[image];
      if (rows.given()[first[image]] != rows.given()[row]) {
        images.set(image);
      }
    }
    return images.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Plural.text(images.cardinality(), "image")
                + " with several labels for the same question: at most one of them is right");
  }

  /** The lines about probing and validation rows. */
  private static List<String> spread(TaskRows rows) {
    int[] counts = new int[rows.labels().size()];
    int all = rows.end(TaskRows.VALIDATION);
    IntStream.range(0, all).forEach(row -> counts[rows.given()[row]]++);
    List<String> lines = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] < FEW) {
        lines.add(
            String.format(
                Locale.ROOT,
                "label '%s' has %d probing and validation rows: fewer than %d tell little",
                rows.labels().get(label),
                counts[label],
                FEW));
      }
      if (counts[label] >= NEARLY_ALL * all) {
        lines.add(
            String.format(
                Locale.ROOT,
                "label '%s' is that of %.1f%% of the probing and validation rows, so accuracy is"
                    + " high without any neuron; --metric balanced-accuracy is not",
                rows.labels().get(label),
                100.0 * counts[label] / all));
      }
    }
    return lines;
  }
}
