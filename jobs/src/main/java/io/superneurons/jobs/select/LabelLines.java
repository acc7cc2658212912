package io.superneurons.jobs.select;

import io.superneurons.neuron.rows.TaskRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What makes a task's labels hard to select for, a line each. */
final class LabelLines {
  /** Of fewer rows of a label, neurons and their scores are mostly luck. */
  private static final int FEW = 5;

  /** From this share of the rows on, saying the same label always has a high accuracy. */
  private static final double NEARLY_ALL = 0.95;

  private LabelLines() {}

  /** The lines about probing and validation rows; none where their labels are well spread. */
  static List<String> of(TaskRows rows) {
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
