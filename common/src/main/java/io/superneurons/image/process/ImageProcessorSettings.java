package io.superneurons.image.process;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a {@code preprocessor_config.json} of the CLIP kind says: pad, resize, crop, rescale,
 * normalise.
 *
 * @param padding colour around the image, which makes it square; empty for none ({@code do_pad} of
 *     {@code LlavaImageProcessor})
 * @param resize how the size after resizing follows ({@code do_resize}, {@code size})
 * @param resizer for the resizing ({@code resample})
 * @param crop size of the centre crop; empty for none ({@code do_center_crop}, {@code crop_size})
 * @param rescaleFactor of the samples; empty for none ({@code do_rescale}, {@code rescale_factor})
 * @param statistics of the normalisation; empty for none ({@code do_normalize}, {@code image_mean},
 *     {@code image_std})
 */
public record ImageProcessorSettings(
    Optional<RgbColor> padding,
    ResizeRule resize,
    Resizer resizer,
    Optional<ImageSize> crop,
    OptionalDouble rescaleFactor,
    Optional<ChannelStatistics> statistics) {
  /** The rescale factor that all published processors have. */
  static final double DEFAULT_RESCALE_FACTOR = 1.0 / 255;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the rescale factor is zero or not finite
   */
  public ImageProcessorSettings {
    Objects.requireNonNull(padding, "padding");
    Objects.requireNonNull(resize, "resize");
    Objects.requireNonNull(resizer, "resizer");
    Objects.requireNonNull(crop, "crop");
    Objects.requireNonNull(statistics, "statistics");
    double factor = rescaleFactor.orElse(1);
    if (factor == 0 || !Double.isFinite(factor)) {
      throw new IllegalArgumentException(
          "An image's rescale factor must be finite and not 0, got " + factor);
    }
  }

  /** What {@code CLIPImageProcessor} does when its configuration leaves everything out. */
  public static Builder clip() {
    return new Builder()
        .resize(new ResizeRule.ShortestEdge(224))
        .crop(ImageSize.square(224))
        .statistics(ChannelStatistics.OPENAI_CLIP);
  }

  /** What {@code SiglipImageProcessor} does when its configuration leaves everything out. */
  public static Builder siglip() {
    return new Builder()
        .resize(new ResizeRule.Exact(ImageSize.square(224)))
        .statistics(ChannelStatistics.HALF);
  }

  /** Rescaling and normalisation together. */
  public PixelScaling scaling() {
    return PixelScaling.of(rescaleFactor, statistics);
  }

  /** Sets one value after the other; those of a processor's defaults that stay need no call. */
  public static final class Builder {
    private Optional<RgbColor> padding = Optional.empty();
    private ResizeRule resize = new ResizeRule.Keep();
    private Resizer resizer = Resampler.torchvision(Filter.BICUBIC);
    private Optional<ImageSize> crop = Optional.empty();
    private OptionalDouble rescaleFactor = OptionalDouble.of(DEFAULT_RESCALE_FACTOR);
    private Optional<ChannelStatistics> statistics = Optional.empty();

    private Builder() {}

    /** Makes the image square first, with that colour around it. */
    public Builder padding(RgbColor colour) {
      padding = Optional.of(colour);
      return this;
    }

    /** How the size after resizing follows. */
    public Builder resize(ResizeRule rule) {
      resize = rule;
      return this;
    }

    /** Leaves the size as it is. */
    public Builder noResize() {
      return resize(new ResizeRule.Keep());
    }

    /** What resizes. */
    public Builder resizer(Resizer value) {
      resizer = value;
      return this;
    }

    /** The size of the centre crop. */
    public Builder crop(ImageSize size) {
      crop = Optional.of(size);
      return this;
    }

    /** Leaves the centre crop out. */
    public Builder noCrop() {
      crop = Optional.empty();
      return this;
    }

    /** What the samples are multiplied by. */
    public Builder rescaleFactor(double factor) {
      rescaleFactor = OptionalDouble.of(factor);
      return this;
    }

    /** Leaves samples between 0 and 255. */
    public Builder noRescale() {
      rescaleFactor = OptionalDouble.empty();
      return this;
    }

    /** What is taken off and divided by, per channel. */
    public Builder statistics(ChannelStatistics value) {
      statistics = Optional.of(value);
      return this;
    }

    /** Leaves the normalisation out. */
    public Builder noNormalize() {
      statistics = Optional.empty();
      return this;
    }

    /** The settings; see the record for what is refused. */
    public ImageProcessorSettings build() {
      return new ImageProcessorSettings(padding, resize, resizer, crop, rescaleFactor, statistics);
    }
  }
}
