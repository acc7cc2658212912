package io.superneurons.neuron;

import java.util.Locale;

/** Which rows chose rule, vote, exit layer and number of neurons. */
public enum ChosenOn {
  /** The validation rows. */
  VALIDATION,

  /** Held-out folds of the probing rows, for want of validation rows. */
  CROSS_VALIDATION;

  /** The name in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that name. */
  public static ChosenOn of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
