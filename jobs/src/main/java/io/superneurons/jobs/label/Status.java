package io.superneurons.jobs.label;

import io.superneurons.activation.Names;

/** What became of a row that was to be labelled. */
enum Status {
  /** It has a label. */
  DECIDED,

  /** No neuron voted, or the votes are too close for a label. */
  UNDECIDED,

  /** It has an error in place of a label. */
  FAILED;

  /** The name in predictions. */
  String label() {
    return Names.of(this);
  }
}
