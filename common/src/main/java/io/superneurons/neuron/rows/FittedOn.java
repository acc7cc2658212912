package io.superneurons.neuron.rows;

import io.superneurons.activation.Names;

/** Which rows the neurons that vote in the end are ranked and fitted on. */
public enum FittedOn {
  /** The probing rows only. */
  PROBE,

  /**
   * Probing and validation rows, once the validation rows have chosen: more examples to fit on. The
   * choice itself is not made again.
   */
  PROBE_AND_VALIDATION;

  /** The name in files; options spell it {@code probe-and-validation}. */
  public String label() {
    return Names.of(this);
  }

  /**
   * The one of that name, with dashes or underscores.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static FittedOn of(String name) {
    return Names.find(FittedOn.class, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No rows are named '" + name + "'; rows: probe, probe-and-validation"));
  }
}
