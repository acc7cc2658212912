package io.superneurons.neuron.chosen;

import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.LabelsFrom;
import io.superneurons.neuron.statistics.Discoveries;
import io.superneurons.neuron.statistics.Permutations;
import io.superneurons.neuron.vote.Picking;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a task's Super Neurons were chosen.
 *
 * @param on which rows chose
 * @param fittedOn which rows those that vote were ranked and fitted on
 * @param abstainBelow rows whose votes have a smaller margin are undecided; at 0 only those on
 *     which no neuron votes
 * @param picking which of the ranked neurons vote
 * @param exitPlan the best choice for each exit layer, ascending, and for each size of images where
 *     several were compared; may be empty
 * @param permutations the same procedure on shuffled labels, where that was asked for
 * @param discoveries how many neurons luck does not explain; nothing where all might vote
 * @param labelsFrom what the labels were
 */
public record Chosen(
    ChosenOn on,
    FittedOn fittedOn,
    double abstainBelow,
    Optional<Picking> picking,
    List<ExitPoint> exitPlan,
    Optional<Permutations> permutations,
    Optional<Discoveries> discoveries,
    LabelsFrom labelsFrom) {
  public Chosen {
    Objects.requireNonNull(on, "chosen_on");
    Objects.requireNonNull(fittedOn, "fitted_on");
    if (!(abstainBelow >= 0 && abstainBelow < 1)) {
      throw new IllegalArgumentException(
          "abstain_below must be from 0 to below 1, not " + abstainBelow);
    }
    Objects.requireNonNull(picking, "pick");
    exitPlan = List.copyOf(exitPlan);
    Objects.requireNonNull(permutations, "permutations");
    Objects.requireNonNull(discoveries, "discoveries");
    Objects.requireNonNull(labelsFrom, "labels_from");
  }

  /** The same with another comparison with shuffled labels. */
  Chosen with(Permutations other) {
    return new Chosen(
        on, fittedOn, abstainBelow, picking, exitPlan, Optional.of(other), discoveries, labelsFrom);
  }

  /** The same with another margin below which rows are undecided. */
  Chosen abstaining(double below) {
    return new Chosen(
        on, fittedOn, below, picking, exitPlan, permutations, discoveries, labelsFrom);
  }

  /** The same with another exit plan. */
  Chosen with(List<ExitPoint> plan) {
    return new Chosen(
        on, fittedOn, abstainBelow, picking, plan, permutations, discoveries, labelsFrom);
  }

  /** A choice of which no more is known than which rows made it. */
  public static Chosen on(ChosenOn rows) {
    return new Chosen(
        rows,
        FittedOn.PROBE,
        0,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        LabelsFrom.COLUMN);
  }
}
