package io.superneurons.model.pass;

import io.superneurons.model.vision.ImageInput;
import java.util.Objects;

/**
 * One image-question pair, ready for the model.
 *
 * @param image the prepared image; rows that hold the same object share its tower pass and the keys
 *     and values of their common prompt prefix
 * @param promptIds ids of the rendered prompt [tokens], with one placeholder for the image or,
 *     where the model gives an expansion of the placeholder, with that
 */
public record RowInput(ImageInput image, long[] promptIds) {
  public RowInput {
    Objects.requireNonNull(image, "image");
    promptIds = promptIds.clone();
  }

  /** A row of a model that is opened no deeper than its vision tower, which reads no prompt. */
  public static RowInput ofImage(ImageInput image) {
    return new RowInput(image, new long[0]);
  }

  @Override
  public long[] promptIds() {
    return promptIds.clone();
  }
}
