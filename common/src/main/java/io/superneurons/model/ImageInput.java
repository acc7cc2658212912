package io.superneurons.model;

import io.superneurons.image.PixelValues;
import java.util.Objects;

/**
 * An image ready for the vision tower.
 *
 * @param pixels normalised pixel values, [3, height, width] unless the family says otherwise
 * @param features how many of the decoder's tokens the image takes
 */
public record ImageInput(PixelValues pixels, int features) {
  public ImageInput {
    Objects.requireNonNull(pixels, "pixels");
    if (features < 1) {
      throw new IllegalArgumentException("An image takes at least one token, not " + features);
    }
  }
}
