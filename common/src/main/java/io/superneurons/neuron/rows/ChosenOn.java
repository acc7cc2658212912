package io.superneurons.neuron.rows;

import io.superneurons.activation.Names;

/** Which rows chose rule, vote, exit layer and number of neurons. */
public enum ChosenOn {
  /** The validation rows, with neurons that were ranked and fitted on the probing rows. */
  VALIDATION,

  /**
   * Every probing and validation row, each held out in one fold: where validation rows are few, or
   * there are none.
   */
  CROSS_VALIDATION;

  /** The name in files; options spell it {@code cross-validation}. */
  public String label() {
    return Names.of(this);
  }

  /**
   * The one of that name, with dashes or underscores.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static ChosenOn of(String name) {
    return Names.find(ChosenOn.class, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No rows are named '" + name + "'; rows: validation, cross-validation"));
  }
}
