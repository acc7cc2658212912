package io.superneurons.model.pass;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Says how far down each row of a pass goes. A row is asked before the first layer and at each of
 * its own stops, never at those of others, so that where it goes depends on nothing but itself.
 */
@FunctionalInterface
public interface Descent {
  /**
   * Where the row stops next.
   *
   * @param row its place in the batch
   * @param reached the layer where it is; empty before the first one
   * @param activations what was captured of it up to there, in float32
   * @return a layer after the one reached, {@link Stop#ANSWER} or {@link Stop#LEAVE}
   */
  Stop next(int row, Optional<ModelLayer> reached, SortedMap<LayerSite, float[]> activations);

  /** All rows go as deep as the capture needs, and on to their answers if it asks for them. */
  static Descent of(Capture capture) {
    if (capture.answer()) {
      return (row, reached, activations) -> Stop.ANSWER;
    }
    return (row, reached, activations) ->
        reached.isEmpty() ? Stop.at(capture.deepest().orElseThrow()) : Stop.LEAVE;
  }
}
