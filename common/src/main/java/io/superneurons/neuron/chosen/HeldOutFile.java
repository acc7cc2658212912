package io.superneurons.neuron.chosen;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.superneurons.neuron.rule.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The shape of {@link HeldOut} in {@code superneurons.json}: columns, so that it stays short. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HeldOutFile(
    int[] rows, String marginsOver, double[][] margins, int[][] right, int[] answerRight) {
  /**
   * What margins of detectors are a share of: the weight of all neurons. Files of earlier versions,
   * which do not say so, have shares of the votes that were cast. Where no neuron may be silent
   * that is the same, and files do not say it.
   */
  private static final String ALL_NEURONS = "all_neurons";

  /**
   * The rows as the file has them.
   *
   * @param levels of the task
   */
  static HeldOutFile of(HeldOut heldOut, List<Level> levels) {
    return new HeldOutFile(
        heldOut.rows(),
        mayBeSilent(levels) ? ALL_NEURONS : null,
        Arrays.stream(heldOut.margins())
            .map(level -> Arrays.stream(level).mapToDouble(Margins::value).toArray())
            .toArray(double[][]::new),
        Arrays.stream(heldOut.right()).map(HeldOutFile::flags).toArray(int[][]::new),
        heldOut.hasAnswers() ? flags(heldOut.answerRight()) : null);
  }

  private static boolean mayBeSilent(List<Level> levels) {
    return levels.stream().anyMatch(level -> level.rule() == Rule.ONE_VS_REST);
  }

  /**
   * Whether the margins are what the levels' margins are now.
   *
   * @param levels of the task
   */
  boolean holdsFor(List<Level> levels) {
    return ALL_NEURONS.equals(marginsOver) || !mayBeSilent(levels);
  }

  private static int[] flags(boolean[] right) {
    int[] flags = new int[right.length];
    for (int kind = 0; kind < flags.length; kind++) {
      flags[kind] = right[kind] ? 1 : 0;
    }
    return flags;
  }

  /**
   * The held-out rows.
   *
   * @param where what to call its owner in messages
   */
  HeldOut toHeldOut(String where) {
    Objects.requireNonNull(rows, "rows of held_out of " + where);
    Objects.requireNonNull(margins, "margins of held_out of " + where);
    Objects.requireNonNull(right, "right of held_out of " + where);
    try {
      return new HeldOut(
          rows,
          Arrays.stream(margins)
              .map(level -> Arrays.stream(level).mapToInt(Margins::thousandths).toArray())
              .toArray(int[][]::new),
          Arrays.stream(right).map(HeldOutFile::booleans).toArray(boolean[][]::new),
          answerRight == null ? new boolean[0] : booleans(answerRight));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  private static boolean[] booleans(int[] flags) {
    boolean[] right = new boolean[flags.length];
    for (int kind = 0; kind < right.length; kind++) {
      right[kind] = flags[kind] != 0;
    }
    return right;
  }
}
