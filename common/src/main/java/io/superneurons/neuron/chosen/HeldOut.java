package io.superneurons.neuron.chosen;

import io.superneurons.neuron.statistics.Confusion;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the levels of a cascade, and the model, said of labelled rows that they were not fitted on:
 * the validation rows, or held-out folds. Rows that do not differ in any of it are counted
 * together.
 *
 * @param rows how many rows are alike [kinds]
 * @param margins of the votes, in thousandths [levels][kinds]
 * @param right whether the vote is the row's label [levels][kinds]
 * @param answerRight whether a row gets its label when the model is asked at last [kinds]; empty if
 *     that is not known. Where the answer names no label, the deepest level's vote counts
 */
public record HeldOut(int[] rows, int[][] margins, boolean[][] right, boolean[] answerRight) {
  public HeldOut {
    if (rows.length == 0 || margins.length == 0 || right.length != margins.length) {
      throw new IllegalArgumentException("There are no held-out rows, or levels without them");
    }
    for (int level = 0; level < margins.length; level++) {
      requireKinds(margins[level].length, rows.length);
      requireKinds(right[level].length, rows.length);
    }
    if (answerRight.length > 0) {
      requireKinds(answerRight.length, rows.length);
    }
    if (Arrays.stream(rows).anyMatch(count -> count < 1)
        || Arrays.stream(margins).flatMapToInt(Arrays::stream).anyMatch(m -> m < 0 || m > 1000)) {
      throw new IllegalArgumentException(
          "Every kind of held-out rows needs at least one row, and margins from 0 to 1");
    }
  }

  private static void requireKinds(int length, int kinds) {
    if (length != kinds) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "There are %d kinds of held-out rows, not %d", kinds, length));
    }
  }

  /**
   * What a level said of rows.
   *
   * @param predicted label indexes [rows]
   * @param margins of the votes, from 0 to 1 [rows]
   */
  public record Said(int[] predicted, double[] margins) {}

  /**
   * Counts rows that are alike; kinds are in the order in which they first occur.
   *
   * @param given label indexes [rows]
   * @param levels what each level said of the rows
   * @param answers label indexes or {@link Confusion#NO_LABEL} [rows], if the model answered
   */
  public static HeldOut of(int[] given, List<Said> levels, Optional<int[]> answers) {
    Map<List<Integer>, Integer> counts = new LinkedHashMap<>();
    for (int row = 0; row < given.length; row++) {
      Integer[] kind = new Integer[2 * levels.size() + 1];
      for (int level = 0; level < levels.size(); level++) {
        kind[2 * level] = Margins.thousandths(levels.get(level).margins()[row]);
        kind[2 * level + 1] = levels.get(level).predicted()[row] == given[row] ? 1 : 0;
      }
      int answer = answers.isEmpty() ? Confusion.NO_LABEL : answers.get()[row];
      int deepest = kind[2 * levels.size() - 1];
      kind[2 * levels.size()] =
          answer == Confusion.NO_LABEL ? deepest : answer == given[row] ? 1 : 0;
      counts.merge(List.of(kind), 1, Integer::sum);
    }
    return ofKinds(counts, levels.size(), answers.isPresent());
  }

  private static HeldOut ofKinds(Map<List<Integer>, Integer> counts, int levels, boolean answered) {
    int[] rows = counts.values().stream().mapToInt(Integer::intValue).toArray();
    int[][] margins = new int[levels][rows.length];
    boolean[][] right = new boolean[levels][rows.length];
    boolean[] answerRight = new boolean[answered ? rows.length : 0];
    int kind = 0;
    for (List<Integer> values : counts.keySet()) {
      for (int level = 0; level < levels; level++) {
        margins[level][kind] = values.get(2 * level);
        right[level][kind] = values.get(2 * level + 1) == 1;
      }
      if (answered) {
        answerRight[kind] = values.get(2 * levels) == 1;
      }
      kind++;
    }
    return new HeldOut(rows, margins, right, answerRight);
  }

  /** How many levels there are. */
  public int levels() {
    return margins.length;
  }

  /** How many rows there are. */
  public int total() {
    return Arrays.stream(rows).sum();
  }

  /** Whether it is known what the model's own answers are worth. */
  public boolean hasAnswers() {
    return answerRight.length > 0;
  }
}
