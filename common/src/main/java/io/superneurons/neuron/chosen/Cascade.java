package io.superneurons.neuron.chosen;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Where those rows of a task go whose votes are too close at the task's own exit layer.
 *
 * @param deeper levels with later exit layers, each after the one before; may be empty
 * @param heldOut what the task's own level, the deeper ones and the model said of rows that fitted
 *     none of them: what thresholds of the margin are worth
 */
public record Cascade(List<Level> deeper, Optional<HeldOut> heldOut) {
  /** No deeper levels, and nothing known. */
  public static final Cascade NONE = new Cascade(List.of(), Optional.empty());

  public Cascade {
    deeper = List.copyOf(deeper);
    Objects.requireNonNull(heldOut, "held_out");
    int levels = deeper.size() + 1;
    if (heldOut.isPresent() && heldOut.get().levels() != levels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Held-out rows have margins of %d levels, but there are %d",
              heldOut.get().levels(),
              levels));
    }
  }
}
