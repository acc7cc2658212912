package io.superneurons.activation;

import java.io.Serializable;

/**
 * How many layers a model has.
 *
 * @param tower layers of the vision tower that it runs; 0 if that is not known
 * @param decoder layers of the decoder, at least 1
 */
public record ModelLayers(int tower, int decoder) implements Serializable {
  public ModelLayers {
    if (tower < 0 || decoder < 1) {
      throw new IllegalArgumentException(
          "A model has a decoder with layers, not " + decoder + " after " + tower);
    }
  }
}
