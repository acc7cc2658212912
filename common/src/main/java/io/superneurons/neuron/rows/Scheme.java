package io.superneurons.neuron.rows;

import java.util.Objects;
import java.util.Optional;

/**
 * Which rows choose, and which rows fit what was chosen.
 *
 * @param chosenOn which rows choose; if empty, the number of validation rows decides
 * @param fittedOn which rows the neurons that vote in the end are fitted on
 * @param seed of the cross-validation folds
 */
public record Scheme(Optional<ChosenOn> chosenOn, FittedOn fittedOn, long seed) {
  /**
   * Fewer validation rows than this choose poorly: a single row changes the score by a fifth of a
   * percent or more, and many choices tie. With cross-validation every probing row takes part in
   * the choice too.
   */
  private static final int FEW = 500;

  public Scheme {
    Objects.requireNonNull(chosenOn, "chosenOn");
    Objects.requireNonNull(fittedOn, "fittedOn");
  }

  /**
   * Which rows choose for a task.
   *
   * @param validationRows how many it has
   */
  ChosenOn chosenOn(int validationRows) {
    if (validationRows == 0) {
      return ChosenOn.CROSS_VALIDATION;
    }
    return chosenOn.orElse(validationRows < FEW ? ChosenOn.CROSS_VALIDATION : ChosenOn.VALIDATION);
  }
}
