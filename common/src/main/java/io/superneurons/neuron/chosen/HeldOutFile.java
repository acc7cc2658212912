package io.superneurons.neuron.chosen;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.Objects;

/** The shape of {@link HeldOut} in {@code superneurons.json}: columns, so that it stays short. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HeldOutFile(int[] rows, double[][] margins, int[][] right, int[] answerRight) {

  static HeldOutFile of(HeldOut heldOut) {
    return new HeldOutFile(
        heldOut.rows(),
        Arrays.stream(heldOut.margins())
            .map(level -> Arrays.stream(level).mapToDouble(Margins::value).toArray())
            .toArray(double[][]::new),
        Arrays.stream(heldOut.right()).map(HeldOutFile::flags).toArray(int[][]::new),
        heldOut.hasAnswers() ? flags(heldOut.answerRight()) : null);
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
