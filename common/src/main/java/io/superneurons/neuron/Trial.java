package io.superneurons.neuron;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Rows of a task that rules are fitted on, and rows, never the same, that check them.
 *
 * @param fit positions of rows within the task, ascending
 * @param check positions of rows within the task, ascending; may be empty
 */
public record Trial(int[] fit, int[] check) implements Serializable {
  private static final int FOLDS = 5;

  /**
   * Cross-validation folds, each label spread evenly over them.
   *
   * @param given label index of each row, by position; {@code rows} of them are dealt
   * @param seed the same seed deals the same rows in the same way
   * @return five folds, or as many as the rarest label has rows
   */
  static List<Trial> folds(int[] given, int rows, int labels, long seed) {
    int[] counts = new int[labels];
    IntStream.range(0, rows).forEach(row -> counts[given[row]]++);
    int folds = Math.min(FOLDS, Arrays.stream(counts).min().orElse(0));
    int[] foldOf = new int[rows];
    int dealt = 0;
    for (int label = 0; label < labels; label++) {
      for (int row : shuffled(given, rows, label, seed)) {
        foldOf[row] = dealt++ % folds;
      }
    }
    List<Trial> trials = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      int held = fold;
      trials.add(
          new Trial(
              IntStream.range(0, rows).filter(row -> foldOf[row] != held).toArray(),
              IntStream.range(0, rows).filter(row -> foldOf[row] == held).toArray()));
    }
    return trials;
  }

  private static int[] shuffled(int[] given, int rows, int label, long seed) {
    int[] shuffled = IntStream.range(0, rows).filter(row -> given[row] == label).toArray();
    SplittableRandom random = new SplittableRandom(seed * 31 + label);
    for (int i = shuffled.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = swapped;
    }
    return shuffled;
  }
}
