package io.superneurons.neuron.choose;

import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.vote.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Picks the deeper levels of a cascade among choices that were scored, and says what all levels
 * make of the rows that chose, by neurons that these rows did not fit.
 */
public final class CascadeLevels {
  private final Chooser chooser;
  private final int firstRow; // position of the first row that chose; they are neighbours
  private final int[] given; // label index of each row that chose

  /**
   * @param plan of the task
   * @param chooser that scored the choices
   */
  public CascadeLevels(TaskPlan plan, Chooser chooser) {
    this.chooser = chooser;
    int[] rows = plan.choosingRows();
    this.firstRow = rows[0];
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
    return deeper(choices, first, count, IntStream.range(0, given.length).toArray());
  }

  /**
   * The same by some of the rows.
   *
   * @param places of these rows among those that chose
   */
  private List<Choice> deeper(List<Choice> choices, Choice first, int count, int[] places) {
    Optional<ModelLayer> own = exitLayer(first);
    List<ModelLayer> layers =
        choices.stream()
            .map(Choice::exitLayer)
            .filter(layer -> own.isEmpty() || layer.compareTo(own.get()) > 0)
            .distinct()
            .sorted()
            .toList();
    int parts = Math.min(count, layers.size());
    List<Choice> levels = new ArrayList<>();
    Choice before = first;
    for (int part = 0; part < parts; part++) {
      int from = part * layers.size() / parts;
      int to = (part + 1) * layers.size() / parts;
      List<Choice> candidates =
          layers.subList(from, to).stream().map(layer -> Chooser.bestAt(choices, layer)).toList();
      Optional<Choice> next = next(candidates, before, places);
      next.ifPresent(levels::add);
      before = next.orElse(before);
    }
    return levels;
  }

  /**
   * The best of the candidates that exit later than the level before. A choice need not have a
   * neuron as deep as it could; then it may not exit later.
   */
  private Optional<Choice> next(List<Choice> candidates, Choice before, int[] places) {
    boolean[] unsure = unsure(said(before, places).margins());
    Choice best = null;
    int mostRight = -1;
    for (Choice candidate : candidates) {
      if (exitsLater(candidate, before)) {
        int[] predicted = said(candidate, places).predicted();
        int right =
            (int)
                IntStream.range(0, places.length)
                    .filter(i -> unsure[i] && predicted[i] == given[places[i]])
                    .count();
        if (right > mostRight) {
          best = candidate;
          mostRight = right;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private boolean exitsLater(Choice choice, Choice other) {
    Optional<ModelLayer> own = exitLayer(choice);
    Optional<ModelLayer> others = exitLayer(other);
    return own.isPresent() && (others.isEmpty() || own.get().compareTo(others.get()) > 0);
  }

  /** The layer of the deepest neuron that votes in the end; empty if none does. */
  private Optional<ModelLayer> exitLayer(Choice choice) {
    return chooser.ensemble(choice).members().stream()
        .map(member -> member.contender().neuron().modelLayer())
        .max(Comparator.naturalOrder());
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

  private HeldOut.Said said(Choice choice, int[] places) {
    Verdicts verdicts = chooser.choosing(choice).at(places);
    return new HeldOut.Said(verdicts.predicted(), verdicts.margins());
  }

  /**
   * What levels, and the model, say of the rows that chose, where these had no say in the levels:
   * each fold is judged by the levels that the other rows would have chosen. Where these would have
   * chosen fewer levels, it is the real ones that follow.
   *
   * @param choices that were scored
   * @param levels those that were chosen from them, the first one and the deeper ones
   * @param tolerance that the first level was chosen with
   * @param answers label indexes of the model's answers, or {@link Confusion#NO_LABEL}, to the rows
   *     that chose; nothing if it was not asked
   */
  public HeldOut heldOut(
      List<Choice> choices, List<Choice> levels, Tolerance tolerance, Optional<int[]> answers) {
    Nested nested = chooser.nested();
    List<HeldOut.Said> said =
        levels.stream()
            .map(level -> said(level, IntStream.range(0, given.length).toArray()))
            .toList();
    for (int fold = 0; fold < nested.folds(); fold++) {
      List<Choice> without = nested.without(choices, fold);
      List<Choice> chosen = new ArrayList<>();
      chosen.add(Chooser.choose(without, tolerance));
      int deeper = levels.size() - 1;
      chosen.addAll(deeper(without, chosen.get(0), deeper, places(nested.others(fold))));
      int[] places = places(nested.fold(fold));
      for (int level = 0; level < chosen.size(); level++) {
        take(places, said(chosen.get(level), places), said.get(level));
      }
    }
    return HeldOut.of(given, said, answers);
  }

  private int[] places(int[] positions) {
    return Arrays.stream(positions).map(row -> row - firstRow).toArray();
  }

  private static void take(int[] places, HeldOut.Said from, HeldOut.Said into) {
    for (int i = 0; i < places.length; i++) {
      into.predicted()[places[i]] = from.predicted()[i];
      into.margins()[places[i]] = from.margins()[i];
    }
  }
}
