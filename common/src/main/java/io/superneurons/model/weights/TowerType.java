package io.superneurons.model.weights;

import java.util.Locale;

/** What the matrix products of the vision tower's layers are computed in. */
public enum TowerType {
  /** What the rest of the model is computed in. */
  AUTO,
  /**
   * 8-bit integers: weights with a scale for each output, and what is multiplied by them with one
   * for each token of each pass. All else stays in the type of the rest.
   */
  INT8;

  /**
   * Requires that a device computes so.
   *
   * @param device libtorch's name of a device, of this host
   * @throws ModelException if it does not; the message says what does
   */
  public void require(String device) {
    if (this == INT8) {
      Int8.require(device);
    }
  }

  /** The name in options and files, such as {@code int8}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
