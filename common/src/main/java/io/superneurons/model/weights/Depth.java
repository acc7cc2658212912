package io.superneurons.model.weights;

import java.util.Locale;

/**
 * How much of a decoder is opened. What lies deeper is neither mapped nor read.
 *
 * @param exitLayer the last layer that is opened, or -1 for all of them and the language head
 */
public record Depth(int exitLayer) {
  private static final int ALL = -1;

  public Depth {
    if (exitLayer < ALL) {
      throw new IllegalArgumentException("exit layer must be 0 or more, not " + exitLayer);
    }
  }

  /** All layers and the language head: the model can answer. */
  public static Depth full() {
    return new Depth(ALL);
  }

  /** Layers 0 to the exit layer, without the language head. */
  public static Depth upTo(int exitLayer) {
    if (exitLayer < 0) {
      throw new IllegalArgumentException("exit layer must be 0 or more, not " + exitLayer);
    }
    return new Depth(exitLayer);
  }

  /** Whether the model opened so can generate an answer. */
  public boolean answers() {
    return exitLayer == ALL;
  }

  /** Whether another layer after that one is opened, which reads what it gives. */
  public boolean goesBeyond(int layer) {
    return answers() || layer < exitLayer;
  }

  /**
   * Layers to open.
   *
   * @param layers how many the model has
   * @throws ModelException if the exit layer lies beyond them
   */
  public int layers(int layers) {
    if (exitLayer >= layers) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "The exit layer is %d, but the model has layers 0 to %d only",
              exitLayer,
              layers - 1));
    }
    return answers() ? layers : exitLayer + 1;
  }
}
