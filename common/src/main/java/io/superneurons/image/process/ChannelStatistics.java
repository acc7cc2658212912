package io.superneurons.image.process;

import io.superneurons.image.RgbImage;
import java.util.List;

/**
 * What is taken off and what is divided by, per channel, on a scale where white is 1.
 *
 * @param mean of red, green and blue
 * @param std of red, green and blue, not zero
 */
public record ChannelStatistics(List<Double> mean, List<Double> std) {
  /** OPENAI_CLIP_MEAN and OPENAI_CLIP_STD of {@code transformers.image_utils}. */
  public static final ChannelStatistics OPENAI_CLIP =
      new ChannelStatistics(
          List.of(0.48145466, 0.4578275, 0.40821073), List.of(0.26862954, 0.26130258, 0.27577711));

  /** IMAGENET_STANDARD_MEAN and IMAGENET_STANDARD_STD of {@code transformers.image_utils}. */
  public static final ChannelStatistics HALF =
      new ChannelStatistics(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

  /** Nothing is taken off, and divided by one. */
  public static final ChannelStatistics UNCHANGED =
      new ChannelStatistics(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  /**
   * Copies the lists and checks them.
   *
   * @throws IllegalArgumentException if there are not three finite values each, or a std is zero
   */
  public ChannelStatistics {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != RgbImage.CHANNELS || std.size() != RgbImage.CHANNELS) {
      throw new IllegalArgumentException(
          "An image's mean and std have three values, got mean " + mean + ", std " + std);
    }
    boolean finite =
        mean.stream().allMatch(Double::isFinite) && std.stream().allMatch(Double::isFinite);
    if (!finite || std.contains(0.0)) {
      throw new IllegalArgumentException(
          "An image's mean and std must be finite and std not 0, got mean "
              + mean
              + ", std "
              + std);
    }
  }
}
