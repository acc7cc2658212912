package io.superneurons.image.process;

import io.superneurons.image.ImageException;
import io.superneurons.image.ImageOps;
import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;

/**
 * Hugging Face's {@code CLIPImageProcessor} and, with other settings, {@code SiglipImageProcessor}
 * and {@code LlavaImageProcessor}: pad, resize, centre crop, rescale, normalise. Thread-safe.
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
    RgbImage padded = settings.padding().map(colour -> square(image, colour)).orElse(image);
    ImageSize target = settings.resize().target(padded.size());
    RgbImage resized = settings.resizer().resize(padded, target);
    return settings.crop().map(size -> ImageOps.centerCrop(resized, size)).orElse(resized);
  }

  private static RgbImage square(RgbImage image, RgbColor colour) {
    int side = Math.max(image.width(), image.height());
    return ImageOps.center(image, ImageSize.square(side), colour);
  }
}
