package io.superneurons.model.vision;

import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import java.util.Objects;

/**
 * An image ready for the vision tower.
 *
 * @param pixels their samples, [3, height, width] or [tiles, 3, height, width] unless the family
 *     says otherwise
 * @param features how many of the decoder's tokens the image takes
 * @param source size of the image before it was prepared, from which a family derives how it was
 *     cut into tiles or patches
 */
public record ImageInput(PixelValues pixels, int features, ImageSize source) {
  public ImageInput {
    Objects.requireNonNull(pixels, "pixels");
    Objects.requireNonNull(source, "source");
    if (features < 1) {
      throw new IllegalArgumentException("An image takes at least one token, not " + features);
    }
  }

  /** The same image with other pixel values of the same layout. */
  public ImageInput withPixels(PixelValues other) {
    return new ImageInput(other, features, source);
  }
}
