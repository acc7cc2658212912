package io.superneurons.neuron.vote;

import io.superneurons.neuron.statistics.Confusion;

/** What a neuron or a head says of rows. */
public interface Voter {
  /** The label index that the row gets, or {@link Confusion#NO_LABEL}. */
  int label(int row);

  /** The value that was read of the row; NaN where only the vote is known. */
  default float value(int row) {
    return Float.NaN;
  }
}
