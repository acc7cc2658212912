package io.superneurons.activation;

import java.util.Locale;

/** A part of a model that has layers. An image goes through them in this order. */
public enum Part {
  /** The vision tower; its layers see the image alone. */
  TOWER("tower", 'v'),

  /** The language model; its layers see the image and the question. */
  DECODER("decoder", 'l');

  private final String label;
  private final char prefix;

  Part(String label, char prefix) {
    this.label = label;
    this.prefix = prefix;
  }

  /** The name in files, such as {@code tower}. */
  public String label() {
    return label;
  }

  /** The first letter of its layers' columns. */
  char prefix() {
    return prefix;
  }

  /**
   * The part of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static Part of(String label) {
    for (Part part : values()) {
      if (part.label.equals(label)) {
        return part;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT, "No part of a model is named '%s'; parts: tower, decoder", label));
  }

  @Override
  public String toString() {
    return label;
  }
}
