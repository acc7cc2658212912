package io.superneurons.jobs.model;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.process.PixelLimits;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.model.VisionLanguageModel;
import io.superneurons.model.weights.ModelException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that say how images are prepared; recorded with the activations. */
public final class ImageOptions {
  private static final String PROCESSOR = "processor";
  private static final String MIN_PIXELS = "min_pixels";
  private static final String MAX_PIXELS = "max_pixels";

  @Option(
      names = "--min-pixels",
      paramLabel = "N",
      description =
          "Enlarge images with fewer pixels; Qwen2.5-VL and Qwen3-VL only (default: the"
              + " checkpoint's).")
  private Long minPixels;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description =
          "Make images with more pixels smaller, which takes fewer tokens; Qwen2.5-VL and Qwen3-VL"
              + " only (default: the checkpoint's).")
  private Long maxPixels;

  /**
   * The limits that were asked for.
   *
   * @throws ConfigurationException if the checkpoint's family has none, or they cannot hold
   */
  public PixelLimits limits(Checkpoint checkpoint) {
    return checked(checkpoint, minPixels, maxPixels);
  }

  /**
   * What a run recorded; the checkpoint's own where it recorded none.
   *
   * @throws ConfigurationException if the checkpoint's family has none, or they cannot hold
   */
  public static PixelLimits limits(Checkpoint checkpoint, Map<String, Object> recorded) {
    return checked(checkpoint, limit(recorded, MIN_PIXELS), limit(recorded, MAX_PIXELS));
  }

  private static PixelLimits checked(Checkpoint checkpoint, Long least, Long most) {
    try {
      PixelLimits asked = new PixelLimits(least, most);
      VisionLanguageModel.pixelLimits(checkpoint, asked);
      return asked;
    } catch (IllegalArgumentException | ModelException e) {
      throw new ConfigurationException("Limits of an image's pixels: " + e.getMessage(), e);
    }
  }

  /** As recorded with the activations: the limits that held, where the family has such. */
  public static Map<String, Object> toMap(Checkpoint checkpoint, PixelLimits asked) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(PROCESSOR, checkpoint.imageProcessorConfig().string("image_processor_type", "default"));
    VisionLanguageModel.pixelLimits(checkpoint, asked)
        .ifPresent(
            limits -> {
              map.put(MIN_PIXELS, limits.least());
              map.put(MAX_PIXELS, limits.most());
            });
    return map;
  }

  private static Long limit(Map<String, Object> recorded, String key) {
    return recorded.get(key) instanceof Number number ? number.longValue() : null;
  }
}
