package io.superneurons.image.process;

import io.superneurons.image.PixelValues;
import io.superneurons.image.RgbImage;
import io.superneurons.image.SampleTable;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Says what 8-bit samples are as normalised floats, bit for bit as Hugging Face's {@code
 * TorchvisionBackend.rescale_and_normalize} (transformers 5.23, {@code
 * image_processing_backends.py}): where both steps are wanted, the rescaling is folded into mean
 * and std, and all arithmetic is in float32.
 *
 * @param table of all samples
 */
public record PixelScaling(SampleTable table) {
  /**
   * The scaling of those steps.
   *
   * @param rescaleFactor what a sample is multiplied by, usually 1/255; empty for no rescaling
   * @param statistics what is taken off and divided by after that; empty for no normalisation
   */
  static PixelScaling of(OptionalDouble rescaleFactor, Optional<ChannelStatistics> statistics) {
    float[] values = new float[RgbImage.CHANNELS * SampleTable.SAMPLES];
    for (int i = 0; i < values.length; i++) {
      int channel = i / SampleTable.SAMPLES;
      values[i] = scale(i % SampleTable.SAMPLES, channel, rescaleFactor, statistics);
    }
    return new PixelScaling(new SampleTable(values));
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
   * The image, channel first.
   *
   * @return shape [3, height, width]
   */
  PixelValues apply(RgbImage image) {
    byte[] samples = new byte[image.rgb().length];
    write(image, samples, 0);
    int[] shape = {RgbImage.CHANNELS, image.height(), image.width()};
    return new PixelValues(samples, shape, image.width() * image.height(), table);
  }

  /**
   * Writes the image's samples, channel first, into a larger array: one tile of many.
   *
   * @param target receives [3, height, width] samples
   * @param offset where the first goes
   */
  static void write(RgbImage image, byte[] target, int offset) {
    byte[] rgb = image.rgb(); // [height, width, 3]
    int pixels = image.width() * image.height();
    int green = offset + pixels;
    int blue = green + pixels;
    for (int pixel = 0, i = 0; pixel < pixels; pixel++, i += RgbImage.CHANNELS) {
      target[offset + pixel] = rgb[i];
      target[green + pixel] = rgb[i + 1];
      target[blue + pixel] = rgb[i + 2];
    }
  }
}
