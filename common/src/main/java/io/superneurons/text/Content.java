package io.superneurons.text;

import java.util.Objects;

/** A part of a message: an image or text. */
sealed interface Content {

  /** An image; the template decides how its place is marked. */
  record Image() implements Content {}

  /**
   * Text.
   *
   * @param text any string
   */
  record Text(String text) implements Content {
    public Text {
      Objects.requireNonNull(text, "text");
    }
  }
}
