package io.superneurons.image.process;

import io.superneurons.image.ImageException;
import io.superneurons.image.ImageOps;
import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import io.superneurons.image.RgbImage;

/**
 * Hugging Face's {@code CLIPImageProcessor} and, with other settings, {@code SiglipImageProcessor}:
 * resize, centre crop, rescale, normalise. Thread-safe.
 */
public final class ClipImageProcessor {
  private final ImageProcessorSettings settings;
  private final PixelScaling scaling;

  /** A processor of those settings. */
  public ClipImageProcessor(ImageProcessorSettings settings) {
    this.settings = settings;
    this.scaling = settings.scaling();
  }

  /**
   * The image as the vision tower takes it.
   *
   * @return shape [3, height, width]
   * @throws ImageException if the image is so narrow that its resized form is too large
   */
  public PixelValues process(RgbImage image) {
    return scaling.apply(resizeAndCrop(image));
  }

  /** The image before it is rescaled and normalised. */
  RgbImage resizeAndCrop(RgbImage image) {
    ImageSize target = settings.resize().target(image.size());
    RgbImage resized = settings.resizer().resize(image, target);
    return settings.crop().map(size -> ImageOps.centerCrop(resized, size)).orElse(resized);
  }
}
