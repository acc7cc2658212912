package io.superneurons.neuron;

import java.util.List;

/**
 * Where rows of a task go whose votes are too close at its own exit layer.
 *
 * @param deeper levels with later exit layers, each after the one before; may be empty
 */
public record Cascade(List<Level> deeper) {
  /** No deeper levels. */
  public static final Cascade NONE = new Cascade(List.of());

  public Cascade {
    deeper = List.copyOf(deeper);
  }
}
