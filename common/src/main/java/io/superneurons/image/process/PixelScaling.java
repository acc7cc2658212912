package io.superneurons.image.process;

import io.superneurons.image.PixelValues;
import io.superneurons.image.RgbImage;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Turns 8-bit samples into normalised floats, bit for bit as Hugging Face's {@code
 * TorchvisionBackend.rescale_and_normalize} (transformers 5.23, {@code
 * image_processing_backends.py}): where both steps are wanted, the rescaling is folded into mean
 * and std, and all arithmetic is in float32. A channel has 256 samples, so it is a table.
 */
public final class PixelScaling {
  private static final int SAMPLES = 256;

  private final float[][] table; // [3, 256]

  private PixelScaling(float[][] table) {
    this.table = table;
  }

  /**
   * The scaling of those steps.
   *
   * @param rescaleFactor what a sample is multiplied by, usually 1/255; empty for no rescaling
   * @param statistics what is taken off and divided by after that; empty for no normalisation
   */
  static PixelScaling of(OptionalDouble rescaleFactor, Optional<ChannelStatistics> statistics) {
    float[][] table = new float[RgbImage.CHANNELS][SAMPLES];
    for (int channel = 0; channel < table.length; channel++) {
      for (int sample = 0; sample < SAMPLES; sample++) {
        table[channel][sample] = scale(sample, channel, rescaleFactor, statistics);
      }
    }
    return new PixelScaling(table);
  }

  private static float scale(
      int sample,
      int channel,
      OptionalDouble rescaleFactor,
      Optional<ChannelStatistics> statistics) {
    if (statistics.isEmpty()) {
      return rescaleFactor.isEmpty() ? sample : sample * (float) rescaleFactor.getAsDouble();
    }
    float unit = rescaleFactor.isEmpty() ? 1 : (float) (1 / rescaleFactor.getAsDouble());
    float mean = statistics.get().mean().get(channel).floatValue() * unit;
    float std = statistics.get().std().get(channel).floatValue() * unit;
    return (sample - mean) / std;
  }

  /**
   * The image's values, channel first.
   *
   * @return shape [3, height, width]
   */
  PixelValues apply(RgbImage image) {
    float[] data = new float[image.rgb().length];
    write(image, data, 0);
    return new PixelValues(data, new int[] {RgbImage.CHANNELS, image.height(), image.width()});
  }

  /**
   * Writes the image's values, channel first, into a larger array: one tile of many.
   *
   * @param target receives [3, height, width] values
   * @param offset where the first goes
   */
  void write(RgbImage image, float[] target, int offset) {
    byte[] rgb = image.rgb(); // [height, width, 3]
    int pixels = image.width() * image.height();
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      float[] values = table[channel];
      int o = offset + channel * pixels;
      for (int i = channel; i < rgb.length; i += RgbImage.CHANNELS) {
        target[o++] = values[rgb[i] & 0xff];
      }
    }
  }

  /** The value of one 8-bit sample (0 to 255) of one channel (0 to 2). */
  float value(int channel, int sample) {
    return table[channel][sample];
  }
}
