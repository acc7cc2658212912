package io.superneurons.neuron.rows;

import java.util.Objects;
import java.util.Optional;

/**
 * Which rows choose, and which rows fit what was chosen.
 *
 * @param chosenOn nothing leaves it to the number of validation rows
 * @param fittedOn of the neurons that vote in the end
 * @param seed of the cross-validation folds
 */
public record Scheme(Optional<ChosenOn> chosenOn, FittedOn fittedOn, long seed) {
  /**
   * Fewer validation rows than this choose poorly: one row more or less is a fifth of a percent or
   * more, and many choices tie. Cross-validation has every probing row choose too.
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
