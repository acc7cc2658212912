package io.superneurons.model.pass;

import io.superneurons.activation.ModelLayer;

/** Where a row of a pass stops next. */
public sealed interface Stop {
  /** The row leaves the pass where it is. */
  Stop LEAVE = End.LEAVE;

  /** The row goes through all layers, and the model answers. */
  Stop ANSWER = End.ANSWER;

  /** The row stops at that layer, and is asked again there. */
  static Stop at(ModelLayer layer) {
    return new At(layer);
  }

  /**
   * At a layer.
   *
   * @param layer of the stop
   */
  record At(ModelLayer layer) implements Stop {}

  /** Where a row is asked no more. */
  enum End implements Stop {
    LEAVE,
    ANSWER
  }
}
