package io.superneurons.activation;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How a scalar is stored, always little-endian. */
public enum StoreDType {
  /** IEEE binary16; NumPy's {@code '<f2'}. */
  FLOAT16("float16", Short.BYTES),

  /** IEEE binary32; NumPy's {@code '<f4'}. */
  FLOAT32("float32", Float.BYTES);

  private final String label;
  private final int bytes;

  StoreDType(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** The name in files and options, such as {@code float16}. */
  public String label() {
    return label;
  }

  /** Bytes per scalar. */
  public int bytes() {
    return bytes;
  }

  /**
   * The dtype of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static StoreDType of(String label) {
    for (StoreDType dtype : values()) {
      if (dtype.label.equals(label)) {
        return dtype;
      }
    }
    String known = Arrays.stream(values()).map(d -> d.label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "Activations are not stored as '" + label + "'; stored as: " + known);
  }

  @Override
  public String toString() {
    return label;
  }
}
