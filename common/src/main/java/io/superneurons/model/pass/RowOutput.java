package io.superneurons.model.pass;

import io.superneurons.activation.LayerSite;
import java.util.SortedMap;

/**
 * What the model gave for one row.
 *
 * @param activations float32 values, by layer and site: a whole vector, or those neurons that the
 *     capture chose, in the order of their indices
 * @param answerIds greedily generated ids [tokens], an end token included; empty if no answer was
 *     asked for
 */
public record RowOutput(SortedMap<LayerSite, float[]> activations, long[] answerIds) {

  /** The first layer and site with a NaN or infinite value, or null if all are finite. */
  public LayerSite firstNotFinite() {
    for (var entry : activations.entrySet()) {
      for (float value : entry.getValue()) {
        if (!Float.isFinite(value)) {
          return entry.getKey();
        }
      }
    }
    return null;
  }
}
