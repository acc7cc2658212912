package io.superneurons.activation;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How the vectors of an image's patches become one vector. */
public enum Pooling {
  /** The mean over the image's patches. */
  MEAN("mean", 1),

  /** The largest value of each neuron over the image's patches. */
  MAX("max", 1),

  /** The vector of the class token, in towers that have one. */
  CLS("cls", 1),

  /**
   * The means over the patches of each quarter of the image, side by side: top left, top right,
   * bottom left, bottom right. Of R x C patches, patch (r, c) is in the lower half where 2r >= R
   * and in the right half where 2c >= C.
   */
  GRID("grid", 4);

  private final String label;
  private final int vectors;

  Pooling(String label, int vectors) {
    this.label = label;
    this.vectors = vectors;
  }

  /** The name in files and options, such as {@code mean}. */
  public String label() {
    return label;
  }

  /** How many vectors stand side by side in what it gives. */
  public int vectors() {
    return vectors;
  }

  /**
   * The pooling of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static Pooling of(String label) {
    for (Pooling pooling : values()) {
      if (pooling.label.equals(label)) {
        return pooling;
      }
    }
    String known = Arrays.stream(values()).map(Pooling::label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("No pooling is named '" + label + "'; these are: " + known);
  }

  @Override
  public String toString() {
    return label;
  }
}
