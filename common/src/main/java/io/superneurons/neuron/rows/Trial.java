package io.superneurons.neuron.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Rows of a task that rules are fitted on, and other rows that check them.
 *
 * @param role what it is for
 * @param fit positions of rows within the task, ascending [fit rows]
 * @param check positions of rows within the task, ascending [check rows]; may be empty
 */
public record Trial(Role role, int[] fit, int[] check) implements Serializable {
  static final int FOLDS = 5;

  /** What trials are for. */
  public enum Role {
    /** Fits on the probing rows and checks on the validation rows. */
    MAIN,

    /** Chooses: fits on all probing and validation rows but its own, which check it. */
    FOLD,

    /** Fits what was chosen on probing and validation rows; nothing is left to check it. */
    FINAL
  }

  /**
   * Cross-validation folds of a task's probing and validation rows, each label spread evenly over
   * them. All rows of an image are in one fold.
   *
   * @param seed the same seed deals the same rows in the same way
   * @return five folds, or as many as the rarest label has images; none if a fold would lack rows
   *     of a label to fit on
   */
  static List<Trial> folds(TaskRows task, long seed) {
    int rows = task.end(TaskRows.VALIDATION);
    int[] deals = dealt(task, rows, seed);
    int folds = Math.min(FOLDS, fewestImages(task, rows));
    List<Trial> trials = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      int held = fold;
      int[] fit = IntStream.range(0, rows).filter(row -> deals[row] % folds != held).toArray();
      int[] check = IntStream.range(0, rows).filter(row -> deals[row] % folds == held).toArray();
      if (hasAllLabels(task, fit)) {
        trials.add(new Trial(Role.FOLD, fit, check));
      }
    }
    return trials.size() < folds ? List.of() : trials;
  }

  private static boolean hasAllLabels(TaskRows task, int[] fit) {
    return Arrays.stream(fit).map(row -> task.given()[row]).distinct().count()
        == task.labels().size();
  }

  /**
   * The place in which each row's image is dealt [rows]. Images are dealt by the label of their
   * first row, one label after another.
   */
  private static int[] dealt(TaskRows task, int rows, long seed) {
    int[] deals = new int[rows];
    int[] dealOfImage = new int[rows];
    Arrays.fill(dealOfImage, -1);
    int dealt = 0;
    for (int label = 0; label < task.labels().size(); label++) {
      for (int row : shuffled(task.given(), rows, label, seed)) {
        int image = task.images()[row];
        if (dealOfImage[image] < 0) {
          dealOfImage[image] = dealt++;
        }
        deals[row] = dealOfImage[image];
      }
    }
    return deals;
  }

  private static int fewestImages(TaskRows task, int rows) {
    return IntStream.range(0, task.labels().size())
        .map(
            label ->
                (int)
                    IntStream.range(0, rows)
                        .filter(row -> task.given()[row] == label)
                        .map(row -> task.images()[row])
                        .distinct()
                        .count())
        .min()
        .orElse(0);
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
