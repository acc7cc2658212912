package io.superneurons.neuron.choose;

import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.vote.Tally;
import io.superneurons.neuron.vote.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Picks the deeper levels of a cascade among choices that were scored, and says what all levels
 * make of the rows that chose, by neurons that these rows did not fit.
 */
public final class CascadeLevels {
  private final Chooser chooser;
  private final int[] given; // label index of each row that chose

  /**
   * @param plan of the task
   * @param chooser that scored the choices
   */
  public CascadeLevels(TaskPlan plan, Chooser chooser) {
    this.chooser = chooser;
    int[] rows = plan.choosingRows();
    this.given = Arrays.stream(rows).map(row -> plan.rows().given()[row]).toArray();
  }

  /**
   * The choices of the deeper levels. The layers after the first level's are cut into as many equal
   * parts, and each part gives one: the best choice of the layer whose choice is right most often
   * on the half of the rows that the level before is least sure of, among equals the earliest.
   *
   * @param choices that were scored
   * @param first the choice of the first level
   * @param count at most this many
   */
  public List<Choice> deeper(List<Choice> choices, Choice first, int count) {
    int[] layers =
        choices.stream()
            .mapToInt(Choice::exitLayer)
            .filter(layer -> layer > exitLayer(first))
            .distinct()
            .sorted()
            .toArray();
    int parts = Math.min(count, layers.length);
    List<Choice> levels = new ArrayList<>();
    Choice before = first;
    for (int part = 0; part < parts; part++) {
      int from = part * layers.length / parts;
      int to = (part + 1) * layers.length / parts;
      List<Choice> candidates =
          Arrays.stream(layers, from, to)
              .mapToObj(layer -> Chooser.bestAt(choices, layer))
              .toList();
      Optional<Choice> next = next(candidates, before);
      next.ifPresent(levels::add);
      before = next.orElse(before);
    }
    return levels;
  }

  /**
   * The best of the candidates that exit later than the level before. A choice need not have a
   * neuron as deep as it could; then it may not exit later.
   */
  private Optional<Choice> next(List<Choice> candidates, Choice before) {
    boolean[] unsure = unsure(said(before).margins());
    Choice best = null;
    int mostRight = -1;
    for (Choice candidate : candidates) {
      if (exitLayer(candidate) > exitLayer(before)) {
        int[] predicted = said(candidate).predicted();
        int right =
            (int)
                IntStream.range(0, given.length)
                    .filter(row -> unsure[row] && predicted[row] == given[row])
                    .count();
        if (right > mostRight) {
          best = candidate;
          mostRight = right;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** The layer of the deepest neuron that votes in the end. */
  private int exitLayer(Choice choice) {
    return chooser.ensemble(choice).members().stream()
        .mapToInt(member -> member.contender().neuron().layer())
        .max()
        .orElse(-1);
  }

  /** The rows with at most the median margin [rows]. */
  private static boolean[] unsure(double[] margins) {
    double[] sorted = margins.clone();
    Arrays.sort(sorted);
    double middle = sorted[(sorted.length - 1) / 2];
    boolean[] unsure = new boolean[margins.length];
    for (int row = 0; row < unsure.length; row++) {
      unsure[row] = margins[row] <= middle;
    }
    return unsure;
  }

  private HeldOut.Said said(Choice choice) {
    Verdicts verdicts = chooser.choosing(choice);
    double[] margins =
        Arrays.stream(verdicts.weights())
            .mapToDouble(weights -> new Tally(weights).margin())
            .toArray();
    return new HeldOut.Said(verdicts.predicted(), margins);
  }

  /**
   * What the levels, and the model, say of the rows that chose.
   *
   * @param levels the choices of all levels
   * @param answers label indexes of the model's answers, or {@link Confusion#NO_LABEL}, to the rows
   *     that chose; nothing if it was not asked
   */
  public HeldOut heldOut(List<Choice> levels, Optional<int[]> answers) {
    return HeldOut.of(given, levels.stream().map(this::said).toList(), answers);
  }
}
