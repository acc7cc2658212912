package io.superneurons.neuron.rows;

import io.superneurons.activation.Names;

/** What the labels are that a selection learns from. */
public enum LabelsFrom {
  /** Those that rows were given. */
  COLUMN,

  /** The model's own answers: what is selected then says what the model would, right or wrong. */
  ANSWER;

  /** The name in files and options. */
  public String label() {
    return Names.of(this);
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static LabelsFrom of(String name) {
    return Names.find(LabelsFrom.class, name)
        .orElseThrow(
            () -> new IllegalArgumentException("Labels are from the column, or from the answer"));
  }
}
