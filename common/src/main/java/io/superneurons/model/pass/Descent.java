package io.superneurons.model.pass;

import io.superneurons.activation.LayerSite;
import java.util.SortedMap;

/**
 * Says how far down each row of a pass goes. A row is asked before the first layer and at each of
 * its own stops, never at those of others, so that where it goes depends on nothing but itself.
 */
@FunctionalInterface
public interface Descent {
  /** Before the first layer. */
  int NONE = -1;

  /**
   * Where the row stops next.
   *
   * @param row its place in the batch
   * @param reached the layer where it is, or {@link #NONE}
   * @param activations what was captured of it up to there: float32 at the last prompt position
   * @return a layer after the one reached, {@link Stop#ANSWER} or {@link Stop#LEAVE}
   */
  Stop next(int row, int reached, SortedMap<LayerSite, float[]> activations);

  /** All rows go as deep as the capture needs, and on to their answers if it asks for them. */
  static Descent of(Capture capture) {
    if (capture.answer()) {
      return (row, reached, activations) -> Stop.ANSWER;
    }
    return (row, reached, activations) ->
        reached == NONE ? Stop.at(capture.exitLayer()) : Stop.LEAVE;
  }
}
