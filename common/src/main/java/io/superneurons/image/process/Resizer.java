package io.superneurons.image.process;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;

/**
 * Brings an image to another size. What computes it is the caller's choice; the samples must not
 * depend on that. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Resizer {
  /** The image in another size; itself if the size is the same. */
  RgbImage resize(RgbImage image, ImageSize size);
}
