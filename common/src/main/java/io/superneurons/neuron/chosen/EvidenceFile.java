package io.superneurons.neuron.chosen;

import io.superneurons.neuron.vote.Evidence;
import io.superneurons.neuron.vote.Line;
import io.superneurons.neuron.vote.VoteTable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a neuron adds, as {@code superneurons.json} has it: a table, of which rows that add nothing
 * are null, or the offsets and slopes of lines; neither where a weight says it all.
 */
final class EvidenceFile {
  private EvidenceFile() {}

  /** The table; null where there is none. */
  static double[][] table(Evidence evidence) {
    return evidence instanceof VoteTable votes
        ? Arrays.stream(votes.table())
            .map(row -> Arrays.stream(row).allMatch(v -> v == 0) ? null : row)
            .toArray(double[][]::new)
        : null;
  }

  static Optional<Line> line(Evidence evidence) {
    return evidence instanceof Line line ? Optional.of(line) : Optional.empty();
  }

  /**
   * What a table of the file says.
   *
   * @param labels how many the task has
   */
  static Evidence ofTable(double[][] table, int labels) {
    if (table.length != labels + 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The evidence of a neuron needs %d rows, for no vote and for each label, not %d",
              labels + 1,
              table.length));
    }
    double[] nothing = new double[labels];
    return new VoteTable(
        Arrays.stream(table).map(row -> row == null ? nothing : row).toArray(double[][]::new));
  }

  /**
   * What lines of the file say.
   *
   * @param offsets null where the file lacks them, as slopes may be
   * @param labels how many the task has
   */
  static Evidence ofLine(double weight, double[] offsets, double[] slopes, int labels) {
    if (offsets == null || slopes == null || offsets.length != labels || slopes.length != labels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "The lines of a neuron need %d offsets and %d slopes", labels, labels));
    }
    return new Line(weight, offsets, slopes);
  }
}
