package io.superneurons.model.pass;

/**
 * Where a row of a pass stops next.
 *
 * @param layer of the stop; beyond the last one the model answers; -1 if the row leaves the pass
 */
public record Stop(int layer) {
  private static final int OUT = -1;

  /** The row leaves the pass where it is. */
  public static final Stop LEAVE = new Stop(OUT);

  /** The row goes through all layers, and the model answers. */
  public static final Stop ANSWER = new Stop(Integer.MAX_VALUE);

  public Stop {
    if (layer < OUT) {
      throw new IllegalArgumentException("No layer is " + layer);
    }
  }

  /** The row stops at that layer, and is asked again there. */
  public static Stop at(int layer) {
    if (layer < 0 || layer == Integer.MAX_VALUE) {
      throw new IllegalArgumentException("No layer is " + layer);
    }
    return new Stop(layer);
  }
}
